package dev.tidemark.api.schedule;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Body of a request that makes or replaces a schedule. Each property means what its key under
 * {@code schedules:} means in the configuration.
 *
 * @param name where the path does not have it
 */
@Schema(
    example =
        "{\"name\": \"nightly\", \"batch\": \"branches\", \"cron\": [\"30 2 * * *\"], \"timeZone\":"
            + " \"Asia/Jakarta\"}")
public record ScheduleRequest(
    @Nullable String name,
    @Nullable String batch,
    @Nullable List<String> connections,
    @Nullable List<String> tables,
    @Nullable List<String> cron,
    @Nullable String every,
    @Nullable String offset,
    @Nullable String timeZone,
    @Nullable String overlap,
    @Nullable String jitter,
    @Nullable String catchUp,
    @Nullable String start,
    @Nullable String end,
    @Nullable Boolean paused,
    @Nullable Boolean pauseOnFailure,
    @Nullable String note) {

  /** The same under the keys of the configuration; what is left out or empty is absent. */
  Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    put(settings, "batch", batch);
    put(settings, "connections", connections);
    put(settings, "tables", tables);
    put(settings, "cron", cron);
    put(settings, "every", every);
    put(settings, "offset", offset);
    put(settings, "time-zone", timeZone);
    put(settings, "overlap", overlap);
    put(settings, "jitter", jitter);
    put(settings, "catch-up", catchUp);
    put(settings, "start", start);
    put(settings, "end", end);
    put(settings, "paused", paused);
    put(settings, "pause-on-failure", pauseOnFailure);
    put(settings, "note", note);
    return settings;
  }

  private static void put(Map<String, Object> settings, String key, @Nullable Object value) {
    boolean empty = value == null || value.equals("") || value.equals(List.of());
    if (!empty) {
      settings.put(key, value);
    }
  }
}
