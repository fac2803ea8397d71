package dev.tidemark.cli.server;

import dev.tidemark.cli.StateFolder;
import dev.tidemark.cli.process.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Ports on loopback that stay the same from one start to the next, so that bookmarks of pages hold,
 * as long as nobody else takes them.
 */
public final class Ports {

  private Ports() {}

  /**
   * The port asked for, or when that is 0 the last one of this name, or when that is taken a free
   * one.
   */
  public static int choose(StateFolder home, String name, int asked) {
    if (asked != 0) {
      return asked;
    }
    int port = StateFolder.read(file(home, name)).map(Ports::usable).orElse(0);
    if (port == 0) {
      port = FreePort.or(0);
      StateFolder.writePrivately(file(home, name), port + "\n");
    }
    return port;
  }

  /** Takes another one the next time. */
  static void forget(StateFolder home, String name) {
    try {
      Files.deleteIfExists(file(home, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** 0 when it cannot be used. */
  private static int usable(String text) {
    try {
      int port = Integer.parseInt(text);
      FreePort.check("127.0.0.1", port);
      return port;
    } catch (IllegalArgumentException | IllegalStateException e) {
      return 0;
    }
  }

  private static Path file(StateFolder home, String name) {
    return home.path().resolve("ports").resolve(name);
  }
}
