package dev.tidemark.worker;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for Temporal, so that processes may be started in any order. */
final class TemporalReadiness {

  private static final Logger log = LoggerFactory.getLogger(TemporalReadiness.class);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);
  private static final int ANSWER_SECONDS = 5;

  private TemporalReadiness() {}

  /**
   * Returns when the namespace answers.
   *
   * @throws TemporalUnusableException when the credentials are refused
   * @throws InterruptedException when the process is told to stop meanwhile
   */
  static void await(WorkflowServiceStubs stubs, String address, String namespace)
      throws InterruptedException {
    Duration wait = FIRST_WAIT;
    while (true) {
      try {
        describe(stubs, namespace);
        log.info("Temporal answers at {}, namespace {}", address, namespace);
        return;
      } catch (StatusRuntimeException e) {
        refuseWhenHopeless(e, address, namespace);
        log.warn(
            "Temporal at {} is not ready for namespace {} ({}); next try in {} s",
            address,
            namespace,
            reason(e),
            wait.toSeconds());
      }
      Thread.sleep(wait);
      wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
    }
  }

  private static void describe(WorkflowServiceStubs stubs, String namespace) {
    var ignored =
        stubs
            .blockingStub()
            .withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS)
            .describeNamespace(
                DescribeNamespaceRequest.newBuilder().setNamespace(namespace).build());
  }

  private static void refuseWhenHopeless(
      StatusRuntimeException error, String address, String namespace) {
    Status.Code code = error.getStatus().getCode();
    if (code == Status.Code.UNAUTHENTICATED || code == Status.Code.PERMISSION_DENIED) {
      throw new TemporalUnusableException(
          "Temporal at "
              + address
              + " refuses the credentials for namespace "
              + namespace
              + " ("
              + reason(error)
              + "). Check temporal.api-key or temporal.certificate.",
          error);
    }
  }

  private static String reason(StatusRuntimeException error) {
    String description = error.getStatus().getDescription();
    return error.getStatus().getCode() + (description == null ? "" : ": " + description);
  }
}
