package dev.tidemark.connect.configuration;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When a batch runs by itself.
 *
 * @param name its name in the configuration, or the one that the API was given
 * @param batch name of the batch
 * @param connections sources to take; all when empty
 * @param tables tables to take; all when empty
 * @param cron times of the calendar, each as Temporal reads it; {@code cron} or {@code every} says
 *     something
 * @param every interval, counted from 1970; null for none
 * @param offset how much later than each interval's beginning; less than {@code every}
 * @param timeZone what the times of {@code cron} are told in
 * @param jitter a run starts up to so much later, at random; null for at once
 * @param catchUp how late a run may start that was due while Temporal was away
 * @param start nothing is due before; null for no bound
 * @param end nothing is due after; null for no bound
 * @param paused whether it begins paused
 * @param pauseOnFailure whether a run that fails pauses it
 * @param note for people; null for none
 */
public record ScheduleConfiguration(
    String name,
    String batch,
    List<String> connections,
    List<String> tables,
    List<String> cron,
    @Nullable Duration every,
    Duration offset,
    ZoneId timeZone,
    Overlap overlap,
    @Nullable Duration jitter,
    Duration catchUp,
    @Nullable Instant start,
    @Nullable Instant end,
    boolean paused,
    boolean pauseOnFailure,
    @Nullable String note) {

  public static final ZoneId DEFAULT_TIME_ZONE = ZoneId.of("UTC");
  public static final Overlap DEFAULT_OVERLAP = Overlap.SKIP;
  public static final Duration DEFAULT_CATCH_UP = Duration.ofDays(1);

  public ScheduleConfiguration {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(batch, "batch");
    Objects.requireNonNull(offset, "offset");
    Objects.requireNonNull(timeZone, "timeZone");
    Objects.requireNonNull(overlap, "overlap");
    Objects.requireNonNull(catchUp, "catchUp");
    connections = List.copyOf(connections);
    tables = List.copyOf(tables);
    cron = List.copyOf(cron);
    if (cron.isEmpty() && every == null) {
      throw new IllegalArgumentException("a schedule says when: by cron or by every");
    }
  }

  /** When it runs and how, in the words of the file; what holds anyway is told too. */
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    if (!cron.isEmpty()) {
      settings.put("cron", cron);
    }
    put(settings, "every", every == null ? null : DurationText.write(every));
    put(settings, "offset", offset.isZero() ? null : DurationText.write(offset));
    settings.put("time-zone", timeZone.getId());
    settings.put("overlap", overlap.word());
    put(settings, "jitter", jitter == null ? null : DurationText.write(jitter));
    settings.put("catch-up", DurationText.write(catchUp));
    put(settings, "start", start == null ? null : start.toString());
    put(settings, "end", end == null ? null : end.toString());
    settings.put("paused", paused);
    settings.put("pause-on-failure", pauseOnFailure);
    put(settings, "note", note);
    return Collections.unmodifiableMap(settings);
  }

  private static void put(Map<String, Object> settings, String key, @Nullable String value) {
    if (value != null) {
      settings.put(key, value);
    }
  }
}
