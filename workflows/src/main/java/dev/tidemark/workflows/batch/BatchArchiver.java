package dev.tidemark.workflows.batch;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import org.slf4j.Logger;

/**
 * Writes the batch to the archive now and then. One write follows the other, with a pause in
 * between that bounds both the number of events and the bytes that they leave in the history. A
 * write that fails is logged and forgotten: the archive is a read model, and the next one brings
 * everything again.
 */
final class BatchArchiver {

  /** Attempts are few, but the wait for a worker that is being replaced counts as none. */
  static final ActivityOptions OPTIONS =
      ActivityOptions.newBuilder()
          .setStartToCloseTimeout(Duration.ofSeconds(10))
          .setRetryOptions(
              RetryOptions.newBuilder()
                  .setInitialInterval(Duration.ofMillis(500))
                  .setMaximumAttempts(3)
                  .build())
          .build();

  private static final Logger log = Workflow.getLogger(BatchArchiver.class);
  private static final Duration PAUSE = Duration.ofSeconds(15);

  /** With more tables than this, a write is so large that the pause grows with it. */
  private static final int TABLES_PER_PAUSE = 200;

  private final BatchState state;
  private final ArchiveActivities archive =
      Workflow.newActivityStub(ArchiveActivities.class, OPTIONS);
  private long archived = -1;
  private boolean hurried;
  private boolean closed;

  BatchArchiver(BatchState state) {
    this.state = state;
  }

  /** Archives at once, and from then on whatever changes. */
  Promise<Void> start() {
    closed = false;
    return Async.procedure(this::archiveNowAndThen);
  }

  /** The next write does not wait for the end of the pause. */
  void hurry() {
    hurried = true;
  }

  /** Ends what {@link #start} began, after the write in flight. */
  void close() {
    closed = true;
  }

  /** Writes the batch as it stands. */
  void archive() {
    archived = state.changes();
    try {
      archive.archive(
          new ArchiveInput(state.input().spec(), state.input().options(), state.progress()));
    } catch (ActivityFailure e) {
      log.warn("The batch could not be archived; its sync goes on", e);
    }
  }

  private void archiveNowAndThen() {
    while (!closed) {
      hurried = false;
      archive();
      if (!closed) {
        Workflow.await(pause(), () -> closed || hurried);
      }
      Workflow.await(() -> closed || state.changes() != archived);
    }
  }

  private Duration pause() {
    return PAUSE.multipliedBy(1 + state.tables().size() / TABLES_PER_PAUSE);
  }
}
