package dev.tidemark.cli.schedule;

import dev.tidemark.cli.client.ChosenTables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a schedule is made of, on the command line. */
final class ScheduleOptions {

  @Mixin private ChosenTables chosen = new ChosenTables();

  @Option(
      names = "--cron",
      paramLabel = "'M H D M W'",
      description = "Minute, hour, day, month, day of the week; may be given several times.")
  private List<String> cron = List.of();

  @Option(names = "--every", paramLabel = "DURATION", description = "Interval, such as 15m.")
  private @Nullable String every;

  @Option(
      names = "--offset",
      paramLabel = "DURATION",
      description = "How much later than the interval begins.")
  private @Nullable String offset;

  @Option(
      names = "--time-zone",
      paramLabel = "ZONE",
      description = "What --cron is told in (default: UTC).")
  private @Nullable String timeZone;

  @Option(
      names = "--overlap",
      paramLabel = "POLICY",
      description = {
        "When the run before has not ended: skip (default), buffer-one, buffer-all,",
        "cancel-other, terminate-other, allow-all."
      })
  private @Nullable String overlap;

  @Option(
      names = "--jitter",
      paramLabel = "DURATION",
      description = "Start up to so much later, at random.")
  private @Nullable String jitter;

  @Option(
      names = "--catch-up",
      paramLabel = "DURATION",
      description = "How late a run may start that was missed (default: 1d).")
  private @Nullable String catchUp;

  @Option(names = "--paused", description = "Make it paused.")
  private boolean paused;

  @Option(names = "--pause-on-failure", description = "A run that fails pauses it.")
  private boolean pauseOnFailure;

  @Option(
      names = "--note",
      paramLabel = "TEXT",
      description = "A note for people; at most 1,000 characters.")
  private @Nullable String note;

  /** The body of the request; the API checks it. */
  Map<String, Object> body(String name) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("name", name);
    put(body, "batch", chosen.batch());
    put(body, "connections", chosen.connections());
    put(body, "tables", chosen.tables());
    put(body, "cron", cron);
    put(body, "every", every);
    put(body, "offset", offset);
    put(body, "timeZone", timeZone);
    put(body, "overlap", overlap);
    put(body, "jitter", jitter);
    put(body, "catchUp", catchUp);
    put(body, "paused", paused ? true : null);
    put(body, "pauseOnFailure", pauseOnFailure ? true : null);
    put(body, "note", note);
    return body;
  }

  private static void put(Map<String, Object> body, String key, @Nullable Object value) {
    if (value != null && !value.equals(List.of())) {
      body.put(key, value);
    }
  }
}
