package dev.tidemark.activities.table;

import dev.tidemark.connect.checkpoint.Claimant;
import dev.tidemark.connect.checkpoint.Owner;
import dev.tidemark.connect.checkpoint.SliceBusyException;
import dev.tidemark.connect.connection.Connections;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.workflows.table.BusySlice;
import dev.tidemark.workflows.table.TableActivities;
import dev.tidemark.workflows.table.TableHeartbeat;
import dev.tidemark.workflows.table.TableResult;
import dev.tidemark.workflows.table.TableTask;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies tables; decides what a failure costs and when the next attempt comes. */
public final class TableActivitiesImpl implements TableActivities {

  private static final Logger log = LoggerFactory.getLogger(TableActivitiesImpl.class);
  private static final Duration NEXT_LOOK_AT_A_PREDECESSOR = Duration.ofSeconds(1);
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  private final Connections connections;
  private final TemporalOwners owners;
  private final StopSignal stopSignal;

  public TableActivitiesImpl(
      Connections connections, TemporalOwners owners, StopSignal stopSignal) {
    this.connections = connections;
    this.owners = owners;
    this.stopSignal = stopSignal;
  }

  @Override
  public TableResult syncTable(TableTask task) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    TableReport report = new TableReport(task, context.getHeartbeatDetails(TableHeartbeat.class));
    boolean finished;
    Heartbeats.Order order;
    try (Heartbeats heartbeats = Heartbeats.start(context, report::heartbeat)) {
      finished = copy(context.getInfo(), task, report, heartbeats);
      order = heartbeats.order();
      if (finished) {
        heartbeats.done();
      }
    } catch (SliceBusyException e) {
      return busy(e, task, report);
    }
    if (!finished && order != Heartbeats.Order.CANCEL) {
      throw givenBack(task);
    }
    return new TableResult(finished, report.counts(), report.retries(), null, report.remarks());
  }

  private boolean copy(
      ActivityInfo info, TableTask task, TableReport report, Heartbeats heartbeats) {
    try {
      TableCopy copy =
          new TableCopy(
              connections,
              owners,
              task,
              report,
              () -> stopSignal.stopping() || heartbeats.order() != Heartbeats.Order.GO_ON);
      return copy.run(claimant(info, task));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw givenBack(task);
    } catch (SliceBusyException e) {
      throw e;
    } catch (SQLException | IOException | RuntimeException | Error e) {
      // An error that comes back every time must use up the budget as well.
      throw failed(
          Failures.explain("copying " + task.source() + " to " + task.targetConnection(), e),
          task,
          report);
    }
  }

  private Claimant claimant(ActivityInfo info, TableTask task) {
    Owner owner = owners.ownerOf(info);
    boolean standalone = "SyncTableWorkflow".equals(info.getWorkflowType());
    return new Claimant(
        owner,
        owner.workflowId(),
        task.source().toString(),
        task.generation(),
        info.getAttempt(),
        standalone);
  }

  private static ApplicationFailure failed(
      SyncException error, TableTask task, TableReport report) {
    if (error.code() == ErrorCode.PREDECESSOR_ENDING) {
      return ActivityFailures.builder(error, error.getMessage(), reached(report))
          .setNextRetryDelay(NEXT_LOOK_AT_A_PREDECESSOR)
          .build();
    }
    if (!error.code().retryable()) {
      return ActivityFailures.builder(error, error.getMessage(), reached(report))
          .setNonRetryable(true)
          .build();
    }
    int failures = report.failed();
    log.warn("{} failed, {} in a row: {}", task.source(), failures, error.getMessage());
    if (failures >= task.retry().maximumAttempts()) {
      return ActivityFailures.builder(
              error,
              error.getMessage() + " (gave up after " + failures + " failures)",
              reached(report))
          .setNonRetryable(true)
          .build();
    }
    return ActivityFailures.builder(error, error.getMessage(), reached(report))
        .setNextRetryDelay(task.retry().delayAfter(failures))
        .build();
  }

  private static TableResult busy(SliceBusyException error, TableTask task, TableReport report) {
    return switch (task.whenBusy()) {
      case REFUSE ->
          throw ActivityFailures.of(
              new SyncException(ErrorCode.SLICE_REFUSED, error.getMessage(), error.remedy()));
      case WAIT ->
          new TableResult(
              false,
              report.counts(),
              report.retries(),
              new BusySlice(error.slice().table(), error.slice().slice(), error.holder()),
              List.of());
    };
  }

  /** Goes with a failure, so that the row of a failed table shows how far it came. */
  private static TableResult reached(TableReport report) {
    return new TableResult(false, report.counts(), report.retries(), null, report.remarks());
  }

  private static ApplicationFailure givenBack(TableTask task) {
    return ApplicationFailure.newBuilder()
        .setType("GIVEN_BACK")
        .setMessage(task.source() + " was given back after its chunk")
        .setNextRetryDelay(AT_ONCE)
        .build();
  }
}
