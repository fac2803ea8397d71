package dev.tidemark.api.notification;

import dev.tidemark.api.problem.Problem.Mistake;
import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.api.run.Call;
import dev.tidemark.api.run.IdempotentRequests;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import dev.tidemark.workflows.notification.NotificationTestInput;
import dev.tidemark.workflows.notification.NotificationTestResult;
import dev.tidemark.workflows.notification.NotificationTestWorkflow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.TimeoutFailure;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/notifications")
@Tag(name = "notifications")
class NotificationController {

  /** Longer than a receiver may take, shorter than the command waits. */
  private static final Duration PATIENCE = Duration.ofSeconds(27);

  private final WorkflowClient client;
  private final IdempotentRequests repeats;
  private final String taskQueue;
  private final int rules;

  NotificationController(
      WorkflowClient client, IdempotentRequests repeats, TidemarkConfiguration configuration) {
    this.repeats = repeats;
    this.client = client;
    this.taskQueue = configuration.worker().controlTaskQueue();
    this.rules = configuration.notifications().size();
  }

  @PostMapping("/test")
  @Operation(summary = "Sends a test message by each rule, or by one, and says how that went")
  NotificationTestView test(
      @RequestBody(required = false) @Nullable NotificationTestRequest body, Call call) {
    Integer rule = body == null ? null : body.rule();
    if (rule != null && (rule < 0 || rule >= rules)) {
      throw ProblemException.invalid(
          List.of(
              new Mistake(
                  "rule",
                  rules == 0
                      ? "names nothing; the configuration has no notifications"
                      : "must be from 0 to " + (rules - 1))));
    }
    String id = repeats.reserved(call.order(body), "notification-test:" + UUID.randomUUID());
    return NotificationTestView.of(run(id, new NotificationTestInput(rule, call.caller().name())));
  }

  private NotificationTestResult run(String id, NotificationTestInput input) {
    WorkflowStub workflow =
        client.newUntypedWorkflowStub(
            NotificationTestWorkflow.class.getSimpleName(),
            WorkflowOptions.newBuilder()
                .setWorkflowId(id)
                // A test that no worker took up in its time may be asked for again.
                .setWorkflowIdReusePolicy(
                    WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY)
                .setTaskQueue(taskQueue)
                // A test that nobody waits for any more must not reach anybody.
                .setWorkflowExecutionTimeout(PATIENCE)
                .build());
    try {
      var ignored = workflow.start(input);
    } catch (WorkflowExecutionAlreadyStarted e) {
      // An earlier request with the same idempotency key has sent the messages.
      workflow = client.newUntypedWorkflowStub(id);
    }
    try {
      return workflow.getResult(
          PATIENCE.toMillis(), TimeUnit.MILLISECONDS, NotificationTestResult.class);
    } catch (TimeoutException e) {
      throw unanswered();
    } catch (WorkflowFailedException e) {
      throw e.getCause() instanceof TimeoutFailure ? unanswered() : e;
    }
  }

  private static ProblemException unanswered() {
    return ProblemException.unavailable(
        "NO_WORKER", "No worker answered in time.", "Start a worker, then try again.");
  }
}
