package dev.tidemark.cli.process;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits until a child process answers. */
public final class Readiness {

  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final int LOG_LINES = 15;

  private Readiness() {}

  /**
   * Returns when the probe succeeds.
   *
   * @param probe answers true when the process is ready; an exception counts as not yet
   * @throws IllegalStateException with the end of the log when the process ends or time runs out
   */
  public static void await(ChildProcess process, Duration patience, Callable<Boolean> probe) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!succeeds(probe)) {
      if (!process.isAlive()) {
        throw new IllegalStateException(process.name() + " ended at once." + logOf(process));
      }
      if (System.nanoTime() > deadline) {
        process.kill();
        throw new IllegalStateException(
            process.name() + " did not answer in " + patience.toSeconds() + " s." + logOf(process));
      }
      pause(process);
    }
  }

  private static boolean succeeds(Callable<Boolean> probe) {
    try {
      return probe.call();
    } catch (Exception e) {
      return false;
    }
  }

  /** Waits a moment, or until it ends. */
  private static void pause(ChildProcess process) {
    try {
      process.onExit().get(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // It still runs, or has ended in a way that the caller finds out.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a server", e);
    }
  }

  private static String logOf(ChildProcess process) {
    Path log = process.log();
    try {
      List<String> lines = Files.readAllLines(log);
      List<String> last = lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size());
      return " Its log " + log + " ends with:\n  " + String.join("\n  ", last);
    } catch (MalformedInputException e) {
      return " See its log " + log + ".";
    } catch (IOException e) {
      return " Its log " + log + " cannot be read.";
    }
  }
}
