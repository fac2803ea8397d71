package dev.tidemark.activities.verification;

import dev.tidemark.activities.table.ActivityFailures;
import dev.tidemark.activities.table.Heartbeats;
import dev.tidemark.activities.table.StopSignal;
import dev.tidemark.connect.connection.Connections;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.workflows.table.RetrySpec;
import dev.tidemark.workflows.table.TableTask;
import dev.tidemark.workflows.verification.Findings;
import dev.tidemark.workflows.verification.VerificationActivities;
import dev.tidemark.workflows.verification.VerificationHeartbeat;
import dev.tidemark.workflows.verification.VerificationTask;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Verifies tables; failures cost what they cost a copy. */
public final class VerificationActivitiesImpl implements VerificationActivities {

  private static final Logger log = LoggerFactory.getLogger(VerificationActivitiesImpl.class);
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  private final Connections connections;
  private final StopSignal stopSignal;

  public VerificationActivitiesImpl(Connections connections, StopSignal stopSignal) {
    this.connections = connections;
    this.stopSignal = stopSignal;
  }

  @Override
  public Findings verifyTable(VerificationTask task) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    FindingsReport report =
        new FindingsReport(task, context.getHeartbeatDetails(VerificationHeartbeat.class));
    try (Heartbeats heartbeats = Heartbeats.start(context, report::heartbeat)) {
      if (verify(task.table(), report, heartbeats)) {
        heartbeats.done();
        return report.findings();
      }
      throw heartbeats.order() == Heartbeats.Order.CANCEL
          ? new CanceledFailure("canceled")
          : givenBack(task.table());
    }
  }

  private boolean verify(TableTask table, FindingsReport report, Heartbeats heartbeats) {
    try {
      return new TableVerification(
              connections,
              table,
              report,
              () -> stopSignal.stopping() || heartbeats.order() != Heartbeats.Order.GO_ON)
          .run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw givenBack(table);
    } catch (SQLException | RuntimeException | Error e) {
      throw failed(
          Failures.explain("comparing " + table.source() + " with " + table.targetConnection(), e),
          table,
          report);
    }
  }

  private static ApplicationFailure failed(
      SyncException error, TableTask table, FindingsReport report) {
    RetrySpec retry = table.retry();
    int failures = report.failed();
    if (!error.code().retryable() || failures >= retry.maximumAttempts()) {
      return ActivityFailures.permanent(error);
    }
    log.warn("{} failed, {} in a row: {}", table.source(), failures, error.getMessage());
    return ActivityFailures.retried(error, retry.delayAfter(failures));
  }

  private static ApplicationFailure givenBack(TableTask table) {
    return ApplicationFailure.newBuilder()
        .setType("GIVEN_BACK")
        .setMessage(table.source() + " was given back after its range")
        .setNextRetryDelay(AT_ONCE)
        .build();
  }
}
