package dev.tidemark.cli.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Programs that run to their end. */
final class Programs {

  private Programs() {}

  /**
   * Runs a program and waits for it.
   *
   * @param log file that takes its output, overwritten
   * @throws IllegalStateException with the output when it fails
   */
  static void run(String name, List<String> command, Path log) {
    try {
      Files.createDirectories(log.getParent());
      int exit =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start()
              .waitFor();
      if (exit != 0) {
        throw new IllegalStateException(
            name + " failed with exit code " + exit + ":\n" + Files.readString(log).strip());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + name + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running " + name, e);
    }
  }
}
