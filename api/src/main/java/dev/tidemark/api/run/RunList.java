package dev.tidemark.api.run;

import dev.tidemark.api.problem.ListRequests;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsResponse;
import io.temporal.client.WorkflowClient;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lists runs that are in no archive: those that go on first, then those that ended last. */
@Component
public final class RunList {

  private static final int ANSWER_SECONDS = 5;

  private final WorkflowClient client;
  private final String taskQueue;

  RunList(WorkflowClient client, TidemarkConfiguration configuration) {
    this.client = client;
    this.taskQueue = configuration.worker().controlTaskQueue();
  }

  /**
   * Some runs.
   *
   * @param nextCursor cursor of the next page; null when there is none
   */
  public record Page<R>(List<R> rows, @Nullable String nextCursor) {

    public Page {
      rows = List.copyOf(rows);
    }
  }

  /**
   * A page of the runs of this type.
   *
   * @param row what to show of one; all of a page are looked at at once
   */
  public <R> Page<R> page(Class<?> workflow, RunFilter filter, Function<Run, R> row) {
    ListWorkflowExecutionsResponse found = list(workflow, filter);
    return new Page<>(
        AtOnce.map(
            found.getExecutionsList(), execution -> row.apply(RunDescriptions.run(execution))),
        RunCursor.of(found.getNextPageToken()));
  }

  private ListWorkflowExecutionsResponse list(Class<?> workflow, RunFilter filter) {
    try {
      return client
          .getWorkflowServiceStubs()
          .blockingStub()
          .withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS)
          .listWorkflowExecutions(
              ListWorkflowExecutionsRequest.newBuilder()
                  .setNamespace(client.getOptions().getNamespace())
                  .setPageSize(filter.limit())
                  .setNextPageToken(RunCursor.token(filter.cursor()))
                  .setQuery(filter.query(workflow, taskQueue))
                  .build());
    } catch (IllegalArgumentException e) {
      throw ListRequests.notACursor();
    } catch (StatusRuntimeException e) {
      if (filter.cursor() != null && e.getStatus().getCode() == Status.Code.INVALID_ARGUMENT) {
        throw ListRequests.notACursor();
      }
      throw e;
    }
  }
}
