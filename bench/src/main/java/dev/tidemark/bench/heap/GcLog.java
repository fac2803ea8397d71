package dev.tidemark.bench.heap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the log of a Java process's garbage collector says; all in MiB.
 *
 * @param pauses collections
 * @param peakBefore most of the heap that was in use when one began
 * @param peakAfter most of it that was in use after one: what was needed, or not yet let go
 * @param size the heap's largest size
 */
record GcLog(int pauses, int peakBefore, int peakAfter, int size) {

  /** Such as {@code GC(5) Pause Young (Normal) (G1 Evacuation Pause) 123M->45M(512M) 3.2ms}. */
  private static final Pattern PAUSE =
      Pattern.compile("Pause .* (?<before>\\d+)M->(?<after>\\d+)M\\((?<size>\\d+)M\\)");

  /** The option that lets a Java process write such a log. */
  static String option(Path file) {
    return "-Xlog:gc:file=" + file + ":uptime:filecount=0";
  }

  static GcLog read(Path file) throws IOException {
    GcLog log = new GcLog(0, 0, 0, 0);
    for (String line : Files.readAllLines(file)) {
      Matcher pause = PAUSE.matcher(line);
      if (pause.find()) {
        log =
            new GcLog(
                log.pauses + 1,
                Math.max(log.peakBefore, Integer.parseInt(pause.group("before"))),
                Math.max(log.peakAfter, Integer.parseInt(pause.group("after"))),
                Math.max(log.size, Integer.parseInt(pause.group("size"))));
      }
    }
    return log;
  }
}
