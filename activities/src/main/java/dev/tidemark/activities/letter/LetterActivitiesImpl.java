package dev.tidemark.activities.letter;

import dev.tidemark.activities.table.ActivityFailures;
import dev.tidemark.activities.table.Heartbeats;
import dev.tidemark.activities.table.StopSignal;
import dev.tidemark.activities.table.TemporalOwners;
import dev.tidemark.connect.checkpoint.Owner;
import dev.tidemark.connect.connection.Connections;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.workflows.letter.LetterActivities;
import dev.tidemark.workflows.letter.LetterResult;
import dev.tidemark.workflows.letter.LetterTask;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.sql.SQLException;
import java.time.Duration;

/** Tries dead letters again. */
public final class LetterActivitiesImpl implements LetterActivities {

  private static final Duration AT_ONCE = Duration.ofMillis(1);

  private final Connections connections;
  private final TemporalOwners owners;
  private final StopSignal stopSignal;

  public LetterActivitiesImpl(
      Connections connections, TemporalOwners owners, StopSignal stopSignal) {
    this.connections = connections;
    this.owners = owners;
    this.stopSignal = stopSignal;
  }

  @Override
  public LetterResult retryLetters(LetterTask task) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    LetterCounts counts =
        new LetterCounts(context.getHeartbeatDetails(LetterResult.class).orElse(LetterResult.NONE));
    try (Heartbeats heartbeats = Heartbeats.start(context, counts::result)) {
      if (retried(task, context, counts, heartbeats)) {
        heartbeats.done();
        return counts.result();
      }
      throw heartbeats.order() == Heartbeats.Order.CANCEL
          ? new CanceledFailure("canceled")
          : givenBack(task);
    }
  }

  private boolean retried(
      LetterTask task,
      ActivityExecutionContext context,
      LetterCounts counts,
      Heartbeats heartbeats) {
    try {
      Owner owner = owners.ownerOf(context.getInfo());
      return new TableRetry(
              connections,
              owners,
              task,
              counts,
              () -> stopSignal.stopping() || heartbeats.order() != Heartbeats.Order.GO_ON)
          .run(owner, context.getInfo().getAttempt());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw givenBack(task);
    } catch (SQLException | RuntimeException | Error e) {
      throw ActivityFailures.of(
          Failures.explain(
              "trying dead letters of " + task.connection() + "." + task.table() + " again", e));
    }
  }

  private static ApplicationFailure givenBack(LetterTask task) {
    return ApplicationFailure.newBuilder()
        .setType("GIVEN_BACK")
        .setMessage("the letters of " + task.table() + " were given back after one of them")
        .setNextRetryDelay(AT_ONCE)
        .build();
  }
}
