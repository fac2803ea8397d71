package dev.tidemark.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The machine on which something is measured. */
public final class Machine {

  private Machine() {}

  /** Cores, memory and kernel in one line. */
  public static String words() {
    return String.format(
        Locale.ROOT,
        "%d cores%s, %s of memory, %s %s, Java %s",
        Runtime.getRuntime().availableProcessors(),
        first("/proc/cpuinfo", "model name").map(" (%s)"::formatted).orElse(""),
        first("/proc/meminfo", "MemTotal")
            .map(text -> Long.parseLong(text.replaceAll("\\D", "")) / 1024 / 1024 + " GiB")
            .orElse("unknown size"),
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        System.getProperty("java.version"));
  }

  private static Optional<String> first(String file, String key) {
    Path path = Path.of(file);
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    try {
      return Files.readAllLines(path).stream()
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
