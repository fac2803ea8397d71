package dev.tidemark.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Processor time of this process and of the servers that it started, by program. Unlike the time on
 * the wall, it says about the same on a busy machine. Linux only; zero elsewhere.
 */
public final class CpuClock {

  private static final double TICKS_PER_SECOND = 100;

  private final Map<String, Double> start = now();

  /** Seconds since this clock was made, by program. */
  public Map<String, Double> seconds() {
    Map<String, Double> used = new TreeMap<>();
    now().forEach((program, end) -> used.put(program, end - start.getOrDefault(program, 0.0)));
    return used;
  }

  /** All seconds of all programs. */
  public static double sum(Map<String, Double> seconds) {
    return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Such as {@code java 1.2, postgres 3.4}. */
  public static String print(Map<String, Double> seconds) {
    return seconds.entrySet().stream()
        .map(entry -> String.format(Locale.ROOT, "%s %.1f", entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static Map<String, Double> now() {
    Map<String, Double> seconds = new TreeMap<>();
    ProcessHandle self = ProcessHandle.current();
    add(seconds, self.pid());
    self.descendants().forEach(process -> add(seconds, process.pid()));
    return seconds;
  }

  /** Children that ended count with their parent. */
  private static void add(Map<String, Double> seconds, long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      int name = stat.lastIndexOf(')');
      List<String> fields = List.of(stat.substring(name + 2).split(" "));
      double ticks = fields.subList(11, 15).stream().mapToDouble(Double::parseDouble).sum();
      seconds.merge(
          stat.substring(stat.indexOf('(') + 1, name), ticks / TICKS_PER_SECOND, Double::sum);
    } catch (IOException e) {
      // Not Linux, or the process has just ended.
      return;
    }
  }
}
