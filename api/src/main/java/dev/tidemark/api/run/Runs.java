package dev.tidemark.api.run;

import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.workflows.PayloadJson;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.table.ErrorDetail;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.HistoryEventFilterType;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.query.v1.WorkflowQuery;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryReverseRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryReverseResponse;
import io.temporal.api.workflowservice.v1.QueryWorkflowRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What Temporal knows of runs, asked with short deadlines: whoever reads a page does not wait for a
 * worker that is away.
 *
 * <p>Every method throws {@link StatusRuntimeException} when Temporal cannot be reached.
 */
@Component
public final class Runs {

  private static final Duration DEADLINE = Duration.ofSeconds(3);
  private static final Duration UPDATE_DEADLINE = Duration.ofSeconds(10);

  /** What a query ends with when the workflow, or a worker for it, gives no answer. */
  private static final Set<Status.Code> UNANSWERED =
      Set.of(
          Status.Code.DEADLINE_EXCEEDED,
          Status.Code.FAILED_PRECONDITION,
          Status.Code.INVALID_ARGUMENT,
          Status.Code.NOT_FOUND);

  private static final Logger log = LoggerFactory.getLogger(Runs.class);

  private final WorkflowClient client;
  private final String namespace;
  private final Executor threads = task -> Thread.ofVirtual().name("tidemark-update").start(task);

  public Runs(WorkflowClient client) {
    this.client = client;
    this.namespace = client.getOptions().getNamespace();
  }

  /** The latest run of a workflow; empty when Temporal knows none, any more or yet. */
  public Optional<Run> describe(String workflowId) {
    DescribeWorkflowExecutionRequest request =
        DescribeWorkflowExecutionRequest.newBuilder()
            .setNamespace(namespace)
            .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
            .build();
    try {
      return Optional.of(RunDescriptions.run(service().describeWorkflowExecution(request)));
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * The same of an id that is to be one of a sort; another workflow may well have any other.
   *
   * @param sort with which such ids begin
   */
  public Optional<Run> describe(String sort, String workflowId) {
    return workflowId.startsWith(sort + "_") ? describe(workflowId) : Optional.empty();
  }

  /** The answer to the query {@code progress}; empty when no worker gives one in time. */
  public <T> Optional<T> progress(Run run, Class<T> type) {
    QueryWorkflowRequest request =
        QueryWorkflowRequest.newBuilder()
            .setNamespace(namespace)
            .setExecution(execution(run))
            .setQuery(WorkflowQuery.newBuilder().setQueryType("progress"))
            .build();
    try {
      return decode(service().queryWorkflow(request).getQueryResult(), type);
    } catch (StatusRuntimeException e) {
      if (UNANSWERED.contains(e.getStatus().getCode())) {
        log.info("{} does not answer: {}", run.workflowId(), e.getStatus());
        return Optional.empty();
      }
      throw e;
    }
  }

  /** What the run was started with. */
  public <T> Optional<T> input(Run run, Class<T> type) {
    GetWorkflowExecutionHistoryRequest request = history(run).setMaximumPageSize(1).build();
    List<HistoryEvent> events =
        service().getWorkflowExecutionHistory(request).getHistory().getEventsList();
    return events.isEmpty()
        ? Optional.empty()
        : decode(events.getFirst().getWorkflowExecutionStartedEventAttributes().getInput(), type);
  }

  /** Why the run failed; empty when it did not. */
  public Optional<ErrorDetail> failure(Run run) {
    return failures(run).map(RunDescriptions::error).findFirst();
  }

  /** What the run said in detail when it failed; empty when it did not, or said no such thing. */
  public <T> Optional<T> failure(Run run, Class<T> detail) {
    return failures(run)
        .filter(Failure::hasApplicationFailureInfo)
        .map(failure -> failure.getApplicationFailureInfo().getDetails())
        .flatMap(details -> RunDescriptions.first(details, detail).stream())
        .findFirst();
  }

  private Stream<Failure> failures(Run run) {
    return end(run)
        .filter(HistoryEvent::hasWorkflowExecutionFailedEventAttributes)
        .map(event -> event.getWorkflowExecutionFailedEventAttributes().getFailure());
  }

  /** What the run returned; empty when it has not, and where another version wrote it. */
  public <T> Optional<T> result(Run run, Class<T> type) {
    return end(run)
        .filter(HistoryEvent::hasWorkflowExecutionCompletedEventAttributes)
        .map(event -> event.getWorkflowExecutionCompletedEventAttributes().getResult())
        .flatMap(result -> RunDescriptions.first(result, type).stream())
        .findFirst();
  }

  /**
   * Why a run was stopped, or is asked to stop, and by whom; empty when it is not so, and where
   * that cannot be read: nobody's look at a run fails for it.
   */
  public Optional<String> interruption(Run run) {
    if (run.running() ? !run.canceling() : run.status() != BatchStatus.INTERRUPTED) {
      return Optional.empty();
    }
    try {
      return toldLast(run);
    } catch (StatusRuntimeException e) {
      log.info("{} does not say why it was interrupted: {}", run.workflowId(), e.getStatus());
      return Optional.empty();
    }
  }

  /** It is among the last events, however long the history is. */
  private Optional<String> toldLast(Run run) {
    GetWorkflowExecutionHistoryReverseRequest.Builder request =
        GetWorkflowExecutionHistoryReverseRequest.newBuilder()
            .setNamespace(namespace)
            .setExecution(execution(run));
    Optional<String> reason;
    do {
      GetWorkflowExecutionHistoryReverseResponse page =
          service().getWorkflowExecutionHistoryReverse(request.build());
      reason =
          page.getHistory().getEventsList().stream()
              .map(Runs::reason)
              .filter(said -> !said.isEmpty())
              .findFirst();
      request.setNextPageToken(page.getNextPageToken());
    } while (reason.isEmpty() && !request.getNextPageToken().isEmpty());
    return reason;
  }

  /** Empty where the event is none that stops a run. */
  private static String reason(HistoryEvent event) {
    return event.hasWorkflowExecutionCancelRequestedEventAttributes()
        ? event.getWorkflowExecutionCancelRequestedEventAttributes().getCause()
        : event.getWorkflowExecutionTerminatedEventAttributes().getReason();
  }

  private Stream<HistoryEvent> end(Run run) {
    GetWorkflowExecutionHistoryRequest request =
        history(run)
            .setHistoryEventFilterType(HistoryEventFilterType.HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT)
            .build();
    return service().getWorkflowExecutionHistory(request).getHistory().getEventsList().stream();
  }

  /**
   * Asks a run to stop; it may go on for a moment.
   *
   * @param reason for people, kept in the history
   * @return false when it has ended
   */
  public boolean cancel(Run run, String reason) {
    if (!run.running()) {
      return false;
    }
    try {
      client.newUntypedWorkflowStub(run.workflowId()).cancel(reason);
      return true;
    } catch (WorkflowNotFoundException e) {
      return false;
    }
  }

  /**
   * Gives an order to a running workflow and waits until it is carried out.
   *
   * @return false when there is no running workflow of this id
   * @throws ProblemException 409 when the workflow refuses, 503 when no worker takes the order
   */
  public boolean update(String workflowId, String order, Object... arguments) {
    try {
      CompletableFuture.runAsync(
              () -> client.newUntypedWorkflowStub(workflowId).update(order, Void.class, arguments),
              threads)
          .orTimeout(UPDATE_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
          .join();
      return true;
    } catch (CompletionException e) {
      return switch (Objects.requireNonNull(e.getCause())) {
        case WorkflowNotFoundException ignored -> false;
        case WorkflowUpdateException refused -> throw refused(order, refused);
        case TimeoutException ignored -> throw unanswered(workflowId);
        case RuntimeException other -> throw other;
        default -> throw e;
      };
    }
  }

  private static ProblemException refused(String order, WorkflowUpdateException e) {
    Throwable cause = e.getCause();
    String reason =
        cause instanceof ApplicationFailure failure
            ? failure.getOriginalMessage()
            : cause instanceof CanceledFailure
                ? "The run closed before it could carry out the order."
                : String.valueOf(e.getMessage());
    return ProblemException.conflict("REFUSED", reason, remedy(order));
  }

  /** When the workflow takes the order. */
  private static String remedy(String order) {
    return switch (order) {
      case "pause" -> "A running batch can be paused that is not paused already.";
      case "resume" -> "A paused batch can be resumed, and one that has failed or was interrupted.";
      case "interrupt" -> "It ends after the chunks in flight; look at it again in a moment.";
      case "skipTable" -> "Tables that are pending, in progress or failed can be skipped.";
      case "retryTable" -> "Failed and skipped tables of a running batch can be retried.";
      case "pauseTable" -> "Tables that are pending or in progress, and not paused, can be paused.";
      case "resumeTable" -> "Paused tables can be resumed.";
      default -> "Look at its present state.";
    };
  }

  private static ProblemException unanswered(String workflowId) {
    return ProblemException.unavailable(
        "NO_WORKER",
        "No worker took the order for " + workflowId + " in time. It may still be carried out.",
        "Start a worker, then look at the state again.");
  }

  private GetWorkflowExecutionHistoryRequest.Builder history(Run run) {
    return GetWorkflowExecutionHistoryRequest.newBuilder()
        .setNamespace(namespace)
        .setExecution(execution(run));
  }

  private static WorkflowExecution execution(Run run) {
    return WorkflowExecution.newBuilder()
        .setWorkflowId(run.workflowId())
        .setRunId(run.runId())
        .build();
  }

  private static <T> Optional<T> decode(Payloads payloads, Class<T> type) {
    return Optional.ofNullable(
        PayloadJson.DATA_CONVERTER.fromPayloads(0, Optional.of(payloads), type, type));
  }

  private WorkflowServiceBlockingStub service() {
    return client
        .getWorkflowServiceStubs()
        .blockingStub()
        .withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
  }
}
