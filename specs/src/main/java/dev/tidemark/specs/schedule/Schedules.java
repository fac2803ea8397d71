package dev.tidemark.specs.schedule;

import dev.tidemark.connect.configuration.ScheduleConfiguration;
import dev.tidemark.workflows.PayloadJson;
import dev.tidemark.workflows.SearchAttributes;
import dev.tidemark.workflows.schedule.ScheduleOrigin;
import dev.tidemark.workflows.schedule.ScheduledBatchInput;
import dev.tidemark.workflows.schedule.ScheduledBatchWorkflow;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.api.schedule.v1.SchedulePatch;
import io.temporal.api.schedule.v1.TriggerImmediatelyRequest;
import io.temporal.api.workflowservice.v1.PatchScheduleRequest;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleDescription;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleListDescription;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.ScheduleUpdate;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Schedules of batches in Temporal, whose ids are {@code schedule:<name>}.
 *
 * <p>Every method throws {@link ScheduleException} when Temporal refuses or cannot be reached.
 */
public final class Schedules {

  private static final int ANSWER_SECONDS = 10;

  private final WorkflowServiceStubs stubs;
  private final String namespace;
  private final ScheduleClient client;
  private final String taskQueue;

  /**
   * Schedules of one namespace.
   *
   * @param taskQueue queue of the workers that run what is due
   */
  public Schedules(WorkflowServiceStubs stubs, String namespace, String taskQueue) {
    this.stubs = stubs;
    this.namespace = namespace;
    this.client =
        ScheduleClient.newInstance(
            stubs,
            ScheduleClientOptions.newBuilder()
                .setNamespace(namespace)
                .setDataConverter(PayloadJson.DATA_CONVERTER)
                .build());
    this.taskQueue = taskQueue;
  }

  /** The id in Temporal. */
  public static String id(String name) {
    return ScheduledBatchWorkflow.ID_PREFIX + name;
  }

  /**
   * Makes a schedule.
   *
   * @return false when there is one of this name
   */
  public boolean create(ScheduleConfiguration configuration, ScheduleOrigin origin) {
    ScheduledBatchInput input = input(configuration, origin);
    try {
      var ignored =
          client.createSchedule(
              id(configuration.name()),
              TemporalSchedule.of(configuration, input, taskQueue),
              ScheduleOptions.newBuilder()
                  .setTypedSearchAttributes(searchAttributes(input))
                  .build());
      return true;
    } catch (ScheduleAlreadyRunningException e) {
      return false;
    }
  }

  /**
   * Gives an existing schedule what is configured now. Whether it is paused, and the note, stay as
   * somebody left them, unless the configuration says something else than before.
   *
   * @return false when it had that already
   * @throws ForeignScheduleException when the schedule is of workers on another queue; it stays as
   *     it is
   */
  public boolean update(ScheduleConfiguration configuration, ScheduleOrigin origin) {
    ScheduledBatchInput input = input(configuration, origin);
    Schedule wanted = TemporalSchedule.of(configuration, input, taskQueue);
    boolean[] changed = {false};
    String[] queue = {taskQueue};
    handle(configuration.name())
        .update(
            existing -> {
              Schedule found = existing.getDescription().getSchedule();
              queue[0] = TemporalSchedule.taskQueue(found);
              Optional<ScheduledBatchInput> before = TemporalSchedule.input(found);
              changed[0] = queue[0].equals(taskQueue) && before.filter(input::equals).isEmpty();
              if (!changed[0]) {
                return null;
              }
              boolean sameState =
                  before.filter(old -> sameState(old, input)).isPresent()
                      && found.getState() != null;
              return new ScheduleUpdate(
                  sameState
                      ? Schedule.newBuilder(wanted).setState(found.getState()).build()
                      : wanted,
                  searchAttributes(input));
            });
    if (!queue[0].equals(taskQueue)) {
      throw new ForeignScheduleException(configuration.name(), queue[0], taskQueue);
    }
    return changed[0];
  }

  private static boolean sameState(ScheduledBatchInput before, ScheduledBatchInput now) {
    return List.of("paused", "note").stream()
        .allMatch(
            key ->
                Optional.ofNullable(before.settings().get(key))
                    .equals(Optional.ofNullable(now.settings().get(key))));
  }

  /** What Temporal knows of a schedule; empty when there is none. */
  public Optional<ScheduleDescription> find(String name) {
    try {
      return described(name);
    } catch (ScheduleException e) {
      if (has(e, Status.Code.DEADLINE_EXCEEDED)) {
        // Its own workflow answers, which does so after the run that it may just be starting.
        return described(name);
      }
      throw e;
    }
  }

  private Optional<ScheduleDescription> described(String name) {
    try {
      return Optional.of(handle(name).describe());
    } catch (ScheduleException e) {
      if (isNotFound(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Whose the schedule of this name is; empty when it is of these workers, or there is none. */
  public Optional<ForeignScheduleException> foreign(String name) {
    return find(name)
        .map(description -> TemporalSchedule.taskQueue(description.getSchedule()))
        .filter(queue -> !queue.equals(taskQueue))
        .map(queue -> new ForeignScheduleException(name, queue, taskQueue));
  }

  /** What a schedule was made of; empty when it is none of these workers. */
  public Optional<ScheduledBatchInput> input(ScheduleDescription description) {
    return taskQueue.equals(TemporalSchedule.taskQueue(description.getSchedule()))
        ? TemporalSchedule.input(description.getSchedule())
        : Optional.empty();
  }

  /** Names, sorted. One that was made or deleted a moment ago may be missing, or still be there. */
  public List<String> names() {
    try (var all = client.listSchedules()) {
      return all.map(ScheduleListDescription::getScheduleId)
          .filter(id -> id.startsWith(ScheduledBatchWorkflow.ID_PREFIX))
          .map(id -> id.substring(ScheduledBatchWorkflow.ID_PREFIX.length()))
          .sorted()
          .toList();
    }
  }

  /** Deletes a schedule; nothing happens when there is none. Runs under way go on. */
  public void delete(String name) {
    try {
      handle(name).delete();
    } catch (ScheduleException e) {
      if (!isNotFound(e)) {
        throw e;
      }
    }
  }

  /**
   * Runs a schedule now, paused or not. Temporal takes the order without an answer.
   *
   * @param overlap what becomes of the run when another has not ended
   * @param requestId an order that is repeated under one id is taken once
   */
  public void trigger(String name, ScheduleOverlapPolicy overlap, String requestId) {
    try {
      var ignored =
          stubs
              .blockingStub()
              .withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS)
              .patchSchedule(
                  PatchScheduleRequest.newBuilder()
                      .setNamespace(namespace)
                      .setScheduleId(id(name))
                      .setPatch(
                          SchedulePatch.newBuilder()
                              .setTriggerImmediately(
                                  TriggerImmediatelyRequest.newBuilder().setOverlapPolicy(overlap)))
                      .setRequestId(requestId)
                      .build());
    } catch (StatusRuntimeException e) {
      throw new ScheduleException(e);
    }
  }

  /** To pause, resume and backfill. */
  public ScheduleHandle handle(String name) {
    return client.getHandle(id(name));
  }

  /** Whether Temporal refused because there is no such schedule. */
  public static boolean isNotFound(ScheduleException e) {
    return has(e, Status.Code.NOT_FOUND);
  }

  /** Whether Temporal refused because of what the schedule says. */
  public static boolean isRefused(ScheduleException e) {
    return has(e, Status.Code.INVALID_ARGUMENT);
  }

  /** Whether Temporal refused because the caller's role has no right to schedules. */
  public static boolean isForbidden(RuntimeException e) {
    return has(e, Status.Code.PERMISSION_DENIED);
  }

  /** Pages of a list bring the server's answer as it is, everything else wraps it. */
  private static boolean has(RuntimeException e, Status.Code code) {
    return (e instanceof StatusRuntimeException ? e : e.getCause())
            instanceof StatusRuntimeException answer
        && answer.getStatus().getCode() == code;
  }

  private static ScheduledBatchInput input(
      ScheduleConfiguration configuration, ScheduleOrigin origin) {
    return new ScheduledBatchInput(
        configuration.name(),
        configuration.batch(),
        configuration.connections(),
        configuration.tables(),
        origin,
        configuration.settings());
  }

  private static io.temporal.common.SearchAttributes searchAttributes(ScheduledBatchInput input) {
    return io.temporal.common.SearchAttributes.newBuilder()
        .set(SearchAttributes.KIND, "schedule")
        .set(SearchAttributes.BATCH, input.batch())
        .build();
  }
}
