package dev.tidemark.api.run;

import dev.tidemark.api.problem.ListRequests;
import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.workflows.SearchAttributes;
import dev.tidemark.workflows.batch.BatchStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which runs to list.
 *
 * @param status null for any
 * @param batch null for those of any batch
 * @param limit most of a page
 * @param cursor where the page before ended; null for the first
 */
public record RunFilter(
    @Nullable BatchStatus status, @Nullable String batch, int limit, @Nullable String cursor) {

  /**
   * As somebody asked.
   *
   * @throws ProblemException 422 with every mistake
   */
  public static RunFilter of(
      @Nullable String status, @Nullable String batch, int limit, @Nullable String cursor) {
    List<String> statuses = Stream.of(BatchStatus.values()).map(RunFilter::word).sorted().toList();
    ListRequests.check("status", status, statuses, limit);
    return new RunFilter(
        status == null ? null : BatchStatus.valueOf(status.toUpperCase(Locale.ROOT)),
        batch,
        limit,
        cursor);
  }

  private static String word(BatchStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  /**
   * The same to Temporal.
   *
   * @param workflow type of the runs
   * @param taskQueue that of the workers: others may share the namespace
   */
  String query(Class<?> workflow, String taskQueue) {
    List<String> conditions = new ArrayList<>();
    conditions.add("WorkflowType = " + quoted(workflow.getSimpleName()));
    conditions.add("TaskQueue = " + quoted(taskQueue));
    if (batch != null) {
      conditions.add(SearchAttributes.BATCH.getName() + " = " + quoted(batch));
    }
    if (status != null) {
      conditions.add(
          switch (status) {
            case RUNNING -> "ExecutionStatus = 'Running'";
            case COMPLETED -> "ExecutionStatus = 'Completed'";
            case FAILED -> "ExecutionStatus IN ('Failed', 'TimedOut')";
            case INTERRUPTED -> "ExecutionStatus IN ('Canceled', 'Terminated')";
          });
    }
    return String.join(" AND ", conditions);
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }
}
