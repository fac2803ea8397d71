package dev.tidemark.api.batch;

import dev.tidemark.api.run.Run;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import dev.tidemark.workflows.SearchAttributes;
import dev.tidemark.workflows.batch.BatchInput;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.SourceSpec;
import dev.tidemark.workflows.batch.SyncBatchWorkflow;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Starts the workflows of batches, so that they read well in the Temporal Web UI. */
@Component
final class BatchStarts {

  private final WorkflowClient client;
  private final String taskQueue;

  BatchStarts(WorkflowClient client, TidemarkConfiguration configuration) {
    this.client = client;
    this.taskQueue = configuration.worker().controlTaskQueue();
  }

  /**
   * Starts a batch that has never run.
   *
   * @return false when one of this id runs or ran
   */
  boolean start(BatchInput input) {
    return start(input, WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE);
  }

  /**
   * Starts a batch again that failed or was interrupted.
   *
   * @return false when it runs, or completed meanwhile
   */
  boolean restart(BatchInput input) {
    return start(input, WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY);
  }

  private boolean start(BatchInput input, WorkflowIdReusePolicy reuse) {
    BatchSpec spec = input.spec();
    WorkflowOptions options =
        WorkflowOptions.newBuilder()
            .setWorkflowId(input.batchId())
            .setTaskQueue(taskQueue)
            .setWorkflowIdReusePolicy(reuse)
            .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
            .setMemo(Map.of(Run.OPTIONS_MEMO, input.options()))
            .setTypedSearchAttributes(searchAttributes(spec))
            .setStaticSummary(summary(spec))
            .setStaticDetails(details(input))
            .build();
    try {
      WorkflowClient.start(client.newWorkflowStub(SyncBatchWorkflow.class, options)::run, input);
      return true;
    } catch (WorkflowExecutionAlreadyStarted e) {
      return false;
    }
  }

  private static io.temporal.common.SearchAttributes searchAttributes(BatchSpec spec) {
    List<String> connections =
        Stream.concat(spec.sources().stream().map(SourceSpec::connection), Stream.of(spec.target()))
            .distinct()
            .toList();
    return io.temporal.common.SearchAttributes.newBuilder()
        .set(SearchAttributes.KIND, "batch")
        .set(SearchAttributes.STATUS, "running")
        .set(SearchAttributes.BATCH, spec.name())
        .set(SearchAttributes.CONNECTION, connections)
        .build();
  }

  /** At most 400 bytes are kept of a summary. */
  private static String summary(BatchSpec spec) {
    String sources =
        String.join(", ", spec.sources().stream().map(SourceSpec::connection).toList());
    String summary = spec.name() + ": " + sources + " → " + spec.target();
    return summary.length() <= 120 ? summary : summary.substring(0, 119) + "…";
  }

  private static String details(BatchInput input) {
    String tables = String.join(", ", input.spec().tables());
    return """
        Batch **%s**, started by %s.

        - tables: %s
        - at once: %d, of one source: %d
        - %s
        """
        .formatted(
            input.spec().name(),
            input.options().requestedBy(),
            tables.length() <= 1_000 ? tables : tables.substring(0, 999) + "…",
            input.spec().parallelTables(),
            input.spec().parallelTablesPerConnection(),
            input.firstStartedAt() == null
                ? "first run"
                : "resumed; first run at " + input.firstStartedAt());
  }
}
