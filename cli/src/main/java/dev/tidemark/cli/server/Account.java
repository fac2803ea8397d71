package dev.tidemark.cli.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The account under which this process runs, where a server minds. */
final class Account {

  private Account() {}

  static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException | UnsupportedOperationException e) {
      return "root".equals(System.getProperty("user.name"));
    }
  }

  /**
   * What to put before a command that refuses to run as root: a user namespace of its own, in which
   * root is nobody in particular, but still owns its files.
   */
  static List<String> withoutRoot() {
    return isRoot() ? List.of("unshare", "--user", "--") : List.of();
  }
}
