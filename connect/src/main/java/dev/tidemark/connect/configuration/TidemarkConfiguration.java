package dev.tidemark.connect.configuration;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The whole configuration, checked. Contains secrets: never log it, never put it in a history.
 *
 * @param connections databases by name, in the order of the file
 * @param batches batches by name, in the order of the file
 * @param schedules when batches run by themselves, by name, in the order of the file
 */
public record TidemarkConfiguration(
    Map<String, ConnectionConfiguration> connections,
    Map<String, BatchConfiguration> batches,
    Map<String, ScheduleConfiguration> schedules,
    ControlConfiguration control,
    TemporalConfiguration temporal,
    WorkerConfiguration worker,
    ApiConfiguration api,
    List<NotificationConfiguration> notifications) {

  public TidemarkConfiguration {
    connections = Ordered.copyOf(connections);
    batches = Ordered.copyOf(batches);
    schedules = Ordered.copyOf(schedules);
    Objects.requireNonNull(control, "control");
    Objects.requireNonNull(temporal, "temporal");
    Objects.requireNonNull(worker, "worker");
    Objects.requireNonNull(api, "api");
    notifications = List.copyOf(notifications);
  }

  /** A configuration without schedules. */
  public TidemarkConfiguration(
      Map<String, ConnectionConfiguration> connections,
      Map<String, BatchConfiguration> batches,
      ControlConfiguration control,
      TemporalConfiguration temporal,
      WorkerConfiguration worker,
      ApiConfiguration api,
      List<NotificationConfiguration> notifications) {
    this(connections, batches, Map.of(), control, temporal, worker, api, notifications);
  }
}
