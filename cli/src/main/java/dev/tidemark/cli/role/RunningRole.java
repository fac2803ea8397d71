package dev.tidemark.cli.role;

import java.util.concurrent.CountDownLatch;

/** A role that runs in this process. */
final class RunningRole {

  private RunningRole() {}

  /** Lets it run until the process is told to stop, then closes it before the process ends. */
  static int untilStopped(AutoCloseable role) throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(role), "stop"));
    new CountDownLatch(1).await();
    return 0;
  }

  private static void close(AutoCloseable role) {
    try {
      role.close();
    } catch (Exception e) {
      System.err.println("while stopping: " + e);
    }
  }
}
