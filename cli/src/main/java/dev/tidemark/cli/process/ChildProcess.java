package dev.tidemark.cli.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A process that runs as long as this one at most.
 *
 * <p>Its stop signal arrives when its standard input, a pipe that this process holds, closes: that
 * happens even when this process is killed. The child and the shell that watches over it have a
 * session of their own where the system offers that, so that Ctrl+C on the terminal reaches this
 * process alone, which then stops its children in order, and so that a kill of this process's whole
 * group leaves the watcher. The server replaces the shell, so that the process id is the server's.
 */
public final class ChildProcess {

  /** Runs the script in its place, in a new session; {@code setsid} forks only group leaders. */
  private static final String NEW_SESSION =
      """
      if command -v setsid >/dev/null; then
        exec setsid /bin/sh -c "$0" "$@"
      fi
      exec /bin/sh -c "$0" "$@"
      """;

  private static final String LIFELINE =
      """
      signal=$1
      shift
      exec 3<&0
      (
        trap '' INT TERM HUP QUIT
        read -r ignored <&3
        kill -"$signal" $$ || exit 0
        for second in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
          sleep 1
          kill -0 $$ || exit 0
        done
        kill -KILL $$
      ) >/dev/null 2>&1 &
      exec 3<&-
      exec "$@" </dev/null
      """;

  private final String name;
  private final Process process;
  private final StopSignal stopSignal;
  private final Path log;
  private final CompletableFuture<Integer> exit;

  private ChildProcess(String name, Process process, StopSignal stopSignal, Path log) {
    this.name = name;
    this.process = process;
    this.stopSignal = stopSignal;
    this.log = log;
    this.exit = process.onExit().thenApply(ChildProcess::exitOf);
  }

  /**
   * Starts a process.
   *
   * @param name what messages call it
   * @param command program and arguments
   * @param environment variables beside those of this process
   * @param stopSignal the signal that asks it to end in order
   * @param log file that takes its output, appended to
   */
  public static ChildProcess start(
      String name,
      List<String> command,
      Map<String, String> environment,
      StopSignal stopSignal,
      Path log) {
    List<String> wrapped = new ArrayList<>(List.of("/bin/sh", "-c", NEW_SESSION, LIFELINE, name));
    wrapped.add(stopSignal.name());
    wrapped.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(wrapped);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    try {
      Files.createDirectories(Objects.requireNonNull(log.toAbsolutePath().getParent()));
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      Process process = builder.start();
      return new ChildProcess(name, process, stopSignal, log);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name + ": " + e.getMessage(), e);
    }
  }

  /** Lets the watching shell go as well, before the process id is given to another. */
  private static int exitOf(Process process) {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // The pipe is broken, which is what closing it is for.
    }
    return process.exitValue();
  }

  public String name() {
    return name;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** The file that takes its output. */
  public Path log() {
    return log;
  }

  /**
   * How it ended, to stand behind its name, such as {@code (process 7) ended with 137, see LOG}.
   */
  public String end() {
    return "(process %d) ended with %d, see %s".formatted(pid(), process.exitValue(), log);
  }

  /** Completes with the exit code. */
  public CompletableFuture<Integer> onExit() {
    return exit;
  }

  /** Asks it to end, waits, and kills it when it has not ended in time. */
  public void stop(Duration patience) {
    if (process.isAlive()) {
      stopSignal.send(process.pid());
      await(patience);
    }
    kill();
  }

  /** Kills it with SIGKILL and waits until it is gone. */
  public void kill() {
    if (process.isAlive()) {
      process.destroyForcibly();
      await(Duration.ofSeconds(10));
    }
  }

  private void await(Duration patience) {
    try {
      process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
