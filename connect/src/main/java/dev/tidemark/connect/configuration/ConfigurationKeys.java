package dev.tidemark.connect.configuration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every key that the configuration knows, by the place where it may stand. */
public final class ConfigurationKeys {

  static final List<String> ROOT =
      List.of(
          "connections",
          "batches",
          "schedules",
          "control",
          "temporal",
          "worker",
          "api",
          "notifications");
  static final List<String> CONNECTION =
      List.of(
          "type",
          "url",
          "host",
          "port",
          "database",
          "username",
          "password",
          "schema",
          "pool-size",
          "read-only",
          "limits",
          "mask-key");
  static final List<String> LIMITS = List.of("rows-per-second", "bytes-per-second");
  static final List<String> BATCH =
      List.of(
          "sources",
          "target",
          "tables",
          "exclude-tables",
          "table",
          "mode",
          "change-column",
          "change-zone",
          "deletes",
          "deleted-column",
          "chunk-rows",
          "parallel-ranges",
          "dead-letters",
          "widen-tables",
          "lossy",
          "parallel-tables",
          "parallel-tables-per-connection",
          "retry",
          "when-busy",
          "create-missing-tables",
          "verify");
  static final List<String> SOURCE = List.of("connection", "constants");
  static final List<String> TABLE =
      List.of(
          "target",
          "key",
          "include",
          "exclude",
          "rename",
          "constants",
          "filter",
          "mask",
          "cast",
          "mode",
          "change-column",
          "change-zone",
          "deletes",
          "deleted-column",
          "chunk-rows",
          "parallel-ranges",
          "dead-letters",
          "widen-tables",
          "lossy");
  static final List<String> RETRY =
      List.of("maximum-attempts", "initial-interval", "maximum-interval", "backoff-coefficient");
  static final List<String> SCHEDULE =
      List.of(
          "batch",
          "connections",
          "tables",
          "cron",
          "every",
          "offset",
          "time-zone",
          "overlap",
          "jitter",
          "catch-up",
          "start",
          "end",
          "paused",
          "pause-on-failure",
          "note");
  static final List<String> CONTROL =
      List.of(
          "type",
          "url",
          "host",
          "port",
          "database",
          "username",
          "password",
          "schema",
          "pool-size",
          "retention");
  static final List<String> TEMPORAL =
      List.of(
          "address",
          "namespace",
          "tls",
          "certificate",
          "certificate-key",
          "server-ca",
          "api-key",
          "ui");
  static final List<String> WORKER =
      List.of("control-task-queue", "bulk-task-queue", "parallel-tables");
  static final List<String> API = List.of("host", "port", "keys");
  static final List<String> API_KEY = List.of("name", "role", "key");
  static final List<String> RULE =
      List.of(
          "type",
          "on",
          "batches",
          "connections",
          "tables",
          "error-codes",
          "longer-than",
          "only-changes",
          "at-most-every");
  static final List<String> WEBHOOK = ruleAnd("url", "secret");
  static final List<String> SLACK = ruleAnd("url");
  static final List<String> EMAIL =
      ruleAnd("host", "port", "tls", "username", "password", "from", "to");

  private ConfigurationKeys() {}

  private static List<String> ruleAnd(String... keys) {
    return Stream.concat(RULE.stream(), Stream.of(keys)).toList();
  }

  /**
   * Place to keys, such as {@code batches.<name>.retry}; the top of the file is the empty place.
   */
  public static Map<String, List<String>> byPlace() {
    Map<String, List<String>> places = new LinkedHashMap<>();
    places.put("", ROOT);
    places.put("connections.<name>", CONNECTION);
    places.put("connections.<name>.limits", LIMITS);
    places.put("batches.<name>", BATCH);
    places.put("batches.<name>.sources[]", SOURCE);
    places.put("batches.<name>.table.<table>", TABLE);
    places.put("batches.<name>.retry", RETRY);
    places.put("schedules.<name>", SCHEDULE);
    places.put("control", CONTROL);
    places.put("temporal", TEMPORAL);
    places.put("worker", WORKER);
    places.put("api", API);
    places.put("api.keys[]", API_KEY);
    places.put("notifications[] of type webhook", WEBHOOK);
    places.put("notifications[] of type slack", SLACK);
    places.put("notifications[] of type email", EMAIL);
    return places;
  }
}
