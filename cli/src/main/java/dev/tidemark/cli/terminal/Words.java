package dev.tidemark.cli.terminal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers and times as people read them. */
public final class Words {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Words() {}

  /** {@code 1,234,567}. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 950/s}, {@code 48.1k/s}; nothing for a standstill. */
  public static String speed(double rowsPerSecond) {
    if (rowsPerSecond < 0.5) {
      return "";
    }
    return rowsPerSecond < 1_000
        ? Math.round(rowsPerSecond) + "/s"
        : String.format(Locale.ROOT, "%.1fk/s", rowsPerSecond / 1_000);
  }

  /** {@code 0.3 s}, {@code 42 s}, {@code 3m 05s}, {@code 2h 10m}; a dash for none. */
  public static String duration(@Nullable Double seconds) {
    if (seconds == null) {
      return "-";
    }
    if (seconds < 9.95) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    Duration whole = Duration.ofSeconds(Math.round(seconds));
    if (whole.toMinutes() == 0) {
      return whole.toSeconds() + " s";
    }
    return whole.toHours() == 0
        ? String.format(Locale.ROOT, "%dm %02ds", whole.toMinutes(), whole.toSecondsPart())
        : String.format(Locale.ROOT, "%dh %02dm", whole.toHours(), whole.toMinutesPart());
  }

  /** {@code in 42 s}, to stand behind what took so long; nothing for none. */
  public static String took(@Nullable Double seconds) {
    return seconds == null ? "" : " in " + duration(seconds);
  }

  /** In UTC, to the second; a dash for none. */
  public static String time(@Nullable Instant instant) {
    return instant == null ? "-" : TIME.format(instant);
  }

  /** Time of day, {@code 08:12:31 UTC}. */
  public static String clock(Instant instant) {
    return CLOCK.format(instant) + " UTC";
  }

  /** {@code in progress} for {@code in_progress}. */
  public static String status(String status) {
    return status.replace('_', ' ');
  }

  /** {@code 1 table}, {@code 2 tables}. */
  public static String plural(long number, String noun) {
    return count(number) + " " + noun + (number == 1 ? "" : "s");
  }
}
