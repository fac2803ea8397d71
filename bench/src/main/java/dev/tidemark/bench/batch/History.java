package dev.tidemark.bench.batch;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.HistoryEventFilterType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;

/**
 * What a chain of runs left in Temporal.
 *
 * @param runs how many runs; more than one when the batch continued as new
 * @param events events of all runs
 * @param bytes bytes of all runs
 * @param mostEvents events of the longest run
 * @param mostBytes bytes of the largest run
 */
public record History(int runs, long events, long bytes, long mostEvents, long mostBytes) {

  private static final String NAMESPACE = "default";

  static History of(WorkflowServiceStubs stubs, WorkflowExecution first) {
    History history = new History(0, 0, 0, 0, 0);
    WorkflowExecution run = first;
    while (true) {
      WorkflowExecutionInfo info =
          stubs
              .blockingStub()
              .describeWorkflowExecution(
                  DescribeWorkflowExecutionRequest.newBuilder()
                      .setNamespace(NAMESPACE)
                      .setExecution(run)
                      .build())
              .getWorkflowExecutionInfo();
      history = history.and(info.getHistoryLength(), info.getHistorySizeBytes());
      String next =
          last(stubs, run)
              .getWorkflowExecutionContinuedAsNewEventAttributes()
              .getNewExecutionRunId();
      if (next.isEmpty()) {
        return history;
      }
      run = run.toBuilder().setRunId(next).build();
    }
  }

  private History and(long moreEvents, long moreBytes) {
    return new History(
        runs + 1,
        events + moreEvents,
        bytes + moreBytes,
        Math.max(mostEvents, moreEvents),
        Math.max(mostBytes, moreBytes));
  }

  private static HistoryEvent last(WorkflowServiceStubs stubs, WorkflowExecution run) {
    return stubs
        .blockingStub()
        .getWorkflowExecutionHistory(
            GetWorkflowExecutionHistoryRequest.newBuilder()
                .setNamespace(NAMESPACE)
                .setExecution(run)
                .setHistoryEventFilterType(
                    HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT)
                .build())
        .getHistory()
        .getEvents(0);
  }
}
