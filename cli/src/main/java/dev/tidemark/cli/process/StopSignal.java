package dev.tidemark.cli.process;

import java.io.IOException;

/** The signal that asks a process to end in order. */
public enum StopSignal {
  /** Ends most programs in order. */
  TERM,
  /** Ends PostgreSQL without waiting for its clients to leave. */
  INT;

  void send(long pid) {
    try {
      new ProcessBuilder("kill", "-" + name(), Long.toString(pid))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
