package dev.tidemark.activities.schedule;

import dev.tidemark.connect.configuration.AskedBatch;
import dev.tidemark.connect.configuration.AskedMistake;
import dev.tidemark.connect.configuration.BatchConfiguration;
import dev.tidemark.specs.batch.BatchSpecs;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.schedule.ScheduleActivities;
import dev.tidemark.workflows.schedule.ScheduledBatchInput;
import dev.tidemark.workflows.table.ErrorDetail;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Resolves scheduled batches by the configuration of this worker. */
public final class ScheduleActivitiesImpl implements ScheduleActivities {

  private final Map<String, BatchConfiguration> batches;

  /**
   * @param batches those of the configuration, by name
   */
  public ScheduleActivitiesImpl(Map<String, BatchConfiguration> batches) {
    this.batches = Map.copyOf(batches);
  }

  @Override
  public BatchSpec resolveBatch(ScheduledBatchInput input) {
    BatchConfiguration batch = batches.get(input.batch());
    if (batch == null) {
      throw failure(
          "BATCH_NOT_CONFIGURED",
          "The configuration of this worker has no batch %s.".formatted(input.batch()),
          "Add the batch under batches:, or delete schedule %s.".formatted(input.schedule()));
    }
    AskedBatch asked = new AskedBatch(batch, input.connections(), input.tables());
    List<AskedMistake> mistakes = asked.mistakes();
    if (!mistakes.isEmpty()) {
      throw failure(
          "SCHEDULE_OUTDATED",
          "Schedule %s asks for what batch %s no longer has: %s."
              .formatted(
                  input.schedule(),
                  input.batch(),
                  mistakes.stream()
                      .map(mistake -> mistake.path() + " " + mistake.message())
                      .collect(Collectors.joining("; "))),
          "Correct the schedule, or the batch.");
    }
    return BatchSpecs.of(asked, null);
  }

  /** Retryable: while a deployment rolls, another worker may have the new file already. */
  private static ApplicationFailure failure(String code, String message, String remedy) {
    return ApplicationFailure.newFailure(message, code, new ErrorDetail(code, message, remedy));
  }
}
