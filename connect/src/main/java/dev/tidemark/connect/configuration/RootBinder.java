package dev.tidemark.connect.configuration;

import dev.tidemark.connect.configuration.BatchBinder.ConnectionNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Binds the whole file, section by section. */
final class RootBinder {

  private final Reading reading;
  private final Section root;

  RootBinder(Reading reading, Section root) {
    this.reading = reading;
    this.root = root;
  }

  /** What was bound; worth nothing, and perhaps null, when there are mistakes. */
  @Nullable TidemarkConfiguration bind() {
    Map<String, ConnectionConfiguration> connections = new LinkedHashMap<>();
    Set<String> names = connections(connections);
    Map<String, BatchConfiguration> batches = batches(new ConnectionNames(names, connections));
    Map<String, ScheduleConfiguration> schedules = schedules(batches);
    ControlConfiguration control = control();
    Section temporal = root.section("temporal", ConfigurationKeys.TEMPORAL);
    Section api = root.section("api", ConfigurationKeys.API);
    TemporalConfiguration boundTemporal =
        temporal == null
            ? TemporalBinder.fallback(reading)
            : new TemporalBinder(reading, temporal).bind();
    WorkerConfiguration worker = worker();
    ApiConfiguration boundApi = api == null ? ApiConfiguration.DEFAULT : new ApiBinder(api).bind();
    List<NotificationConfiguration> notifications = notifications(names);
    return control == null
        ? null
        : new TidemarkConfiguration(
            connections,
            batches,
            schedules,
            control,
            boundTemporal,
            worker,
            boundApi,
            notifications);
  }

  private Set<String> connections(Map<String, ConnectionConfiguration> bound) {
    Section all = root.section("connections", null);
    if (all == null || all.names().isEmpty()) {
      if (!root.has("connections") || all != null) {
        root.mistake("connections", "nothing", "at least one database by name (required)");
      }
      return Set.of();
    }
    for (String name : all.names()) {
      Section section = below(all, name, ConfigurationKeys.CONNECTION);
      ConnectionConfiguration connection =
          section == null ? null : new ConnectionBinder(reading, section).bind(name);
      if (connection != null) {
        bound.put(name, connection);
      }
    }
    return all.names();
  }

  private Map<String, BatchConfiguration> batches(ConnectionNames connections) {
    Map<String, BatchConfiguration> bound = new LinkedHashMap<>();
    Section all = root.section("batches", null);
    if (all != null) {
      for (String name : all.names()) {
        Section section = below(all, name, ConfigurationKeys.BATCH);
        BatchConfiguration batch =
            section == null ? null : new BatchBinder(reading, section, connections).bind(name);
        if (batch != null) {
          bound.put(name, batch);
        }
      }
    }
    return bound;
  }

  private Map<String, ScheduleConfiguration> schedules(Map<String, BatchConfiguration> batches) {
    Map<String, ScheduleConfiguration> bound = new LinkedHashMap<>();
    Section all = root.section("schedules", null);
    Set<String> names = all == null ? Set.of() : names("batches");
    if (all != null) {
      for (String name : all.names()) {
        Section section = below(all, name, ConfigurationKeys.SCHEDULE);
        ScheduleConfiguration schedule =
            section == null
                ? null
                : new ScheduleBinder(reading, section, names, batches).bind(name);
        if (schedule != null) {
          bound.put(name, schedule);
        }
      }
    }
    return bound;
  }

  private Set<String> names(String key) {
    Section section = root.section(key, null);
    return section == null ? Set.of() : section.names();
  }

  /** A named section, which must not be empty. */
  private static @Nullable Section below(Section all, String name, List<String> keys) {
    if (!all.has(name)) {
      all.mistake(name, "nothing", "keys with values: " + String.join(", ", keys));
    }
    return all.section(name, keys);
  }

  private @Nullable ControlConfiguration control() {
    Section section = root.section("control", ConfigurationKeys.CONTROL);
    if (section != null) {
      Duration retention = section.duration("retention", ControlConfiguration.DEFAULT_RETENTION);
      ConnectionConfiguration connection = new ConnectionBinder(reading, section).bindControl();
      return connection == null ? null : new ControlConfiguration(connection, retention);
    }
    Optional<String> url = reading.environment().variable(ConfigurationLoader.CONTROL_URL);
    if (url.isEmpty()) {
      return ControlConfiguration.DEFAULT;
    }
    if (!url.get().startsWith("jdbc:postgresql://")) {
      reading.mistake(
          "control",
          0,
          "what ${" + ConfigurationLoader.CONTROL_URL + "} stands for",
          "jdbc:postgresql://host:port/database");
      return null;
    }
    ConnectionConfiguration connection =
        new ConnectionConfiguration(
            "control",
            DatabaseType.POSTGRESQL,
            url.get(),
            reading.environment().variable(ConfigurationLoader.CONTROL_USERNAME).orElse(null),
            reading.environment().variable(ConfigurationLoader.CONTROL_PASSWORD).orElse(null),
            "public",
            ConnectionConfiguration.DEFAULT_POOL_SIZE,
            false);
    return new ControlConfiguration(connection, ControlConfiguration.DEFAULT_RETENTION);
  }

  private WorkerConfiguration worker() {
    WorkerConfiguration fallback = WorkerConfiguration.DEFAULT;
    Section section = root.section("worker", ConfigurationKeys.WORKER);
    if (section == null) {
      return fallback;
    }
    String control = section.text("control-task-queue", fallback.controlTaskQueue());
    String bulk = section.text("bulk-task-queue", fallback.bulkTaskQueue());
    if (control.equals(bulk)) {
      section.mistake(
          section.has("bulk-task-queue") ? "bulk-task-queue" : "control-task-queue",
          "one queue for both",
          "two queues, so that short work never waits behind long copies");
    }
    int parallel = section.number("parallel-tables", fallback.parallelTables(), 1, 1000);
    return new WorkerConfiguration(control, bulk, parallel);
  }

  private List<NotificationConfiguration> notifications(Set<String> connections) {
    List<NotificationConfiguration> bound = new ArrayList<>();
    Value list = root.value("notifications");
    if (list != null) {
      NotificationRuleBinder.Names names =
          new NotificationRuleBinder.Names(connections, names("batches"));
      for (Value item : list.items()) {
        NotificationConfiguration notification =
            new NotificationBinder(reading, item, names).bind();
        if (notification != null) {
          bound.add(notification);
        }
      }
    }
    return bound;
  }
}
