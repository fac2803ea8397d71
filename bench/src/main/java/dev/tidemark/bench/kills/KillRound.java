package dev.tidemark.bench.kills;

import dev.tidemark.bench.server.Roles;
import dev.tidemark.bench.server.Servers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One batch, during which somebody dies once or more often, until it is completed. */
final class KillRound {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration LOOK = Duration.ofMillis(2);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final int MOST_DEATHS = 3;

  /** Behind that part of the rows a pass is over before one has looked. */
  private static final double LATEST = 0.8;

  private final Servers servers;
  private final Roles roles;
  private final CopiedTable table;
  private final Random random;
  private final boolean workersAlone;
  private int workers;
  private int others;

  KillRound(Servers servers, Roles roles, CopiedTable table, Random random, boolean workersAlone) {
    this.servers = servers;
    this.roles = roles;
    this.table = table;
    this.random = random;
    this.workersAlone = workersAlone;
  }

  /** Workers that were killed in the middle. */
  int workers() {
    return workers;
  }

  /** Sessions and servers that were killed in the middle. */
  int others() {
    return others;
  }

  /**
   * Runs it.
   *
   * @param usual how long the batch takes when nobody dies; moments are drawn from it
   * @param most how many die at most, at least 1
   * @return what is wrong at its end; empty when both sides are equal and nothing is left over
   */
  List<String> run(Duration usual, int most) throws Exception {
    String batch = roles.startBatch(table.batch());
    int deaths = 1 + random.nextInt(Math.min(MOST_DEATHS, most));
    try (Watch watch = table.watch(batch)) {
      for (int i = 0; i < deaths; i++) {
        Moment moment = moment(usual);
        Victim victim = Victim.any(random, table.target().type(), workersAlone);
        long start = System.nanoTime();
        if (!lives(watch, moment)) {
          break;
        }
        die(batch, watch, victim, (System.nanoTime() - start) / 1e9);
      }
    }
    await(() -> !roles.status(batch).equals("running"), "the end of " + batch);
    String status = roles.status(batch);
    if (!status.equals("completed")) {
      return List.of("it is " + status + ": " + roles.told(batch));
    }
    return table.faults(batch);
  }

  /** So long after an attempt began, and with so many rows committed. */
  private record Moment(Duration after, long rows) {}

  /**
   * Most moments are drawn from the rows, so that they lie in the middle of the pass; the others
   * from the time, so that they hit its beginning and its end too.
   */
  private Moment moment(Duration usual) throws SQLException {
    double part = random.nextDouble();
    return random.nextInt(3) == 0
        ? new Moment(Duration.ofNanos((long) (part * usual.toNanos())), 0)
        : new Moment(Duration.ZERO, (long) (part * LATEST * table.expected()));
  }

  /** Lets it run until that moment; false when it came to its end by then. */
  private static boolean lives(Watch watch, Moment moment) throws SQLException {
    long deadline = System.nanoTime() + moment.after().toNanos();
    Watch.Sight seen = watch.look();
    while (!seen.finished() && (System.nanoTime() < deadline || seen.rows() < moment.rows())) {
      LockSupport.parkNanos(LOOK.toNanos());
      seen = watch.look();
    }
    return !seen.finished();
  }

  private void die(String batch, Watch watch, Victim victim, double seconds) throws Exception {
    Watch.Sight before = watch.look();
    switch (victim) {
      case WORKER -> roles.killWorker();
      case SESSIONS -> table.endSessions();
      case SERVER -> servers.killMariaDb();
    }
    long start = System.nanoTime();
    await(
        () -> watch.look().token() > before.token() || ended(batch, watch),
        "another attempt at " + batch);
    boolean inTheMiddle = watch.look().token() > before.token();
    if (inTheMiddle && victim == Victim.WORKER) {
      workers++;
    } else if (inTheMiddle) {
      others++;
    }
    System.out.printf(
        "    %-8s killed %5.2f s on, %,9d rows committed; %s%n",
        victim.name().toLowerCase(Locale.ROOT),
        seconds,
        before.rows(),
        inTheMiddle
            ? "taken up again %.1f s later".formatted((System.nanoTime() - start) / 1e9)
            : "the pass had just ended");
  }

  /** Sessions may be killed when they have nothing more to do. */
  private boolean ended(String batch, Watch watch) throws SQLException {
    return watch.look().finished() || !roles.status(batch).equals("running");
  }

  private void await(Callable<Boolean> condition, String what) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    @Nullable Exception silence = null;
    while (true) {
      try {
        if (condition.call()) {
          return;
        }
      } catch (Exception e) {
        // Nobody may answer just now.
        silence = e;
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            ("Waited " + PATIENCE.toMinutes() + " minutes in vain for " + what + "; ")
                + roles.toldOfWorker(),
            silence);
      }
      if (roles.replaceEndedWorker()) {
        System.out.println("    the worker ended by itself, and another was started");
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }
}
