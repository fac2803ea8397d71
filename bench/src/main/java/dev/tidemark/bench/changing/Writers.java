package dev.tidemark.bench.changing;

import dev.tidemark.bench.server.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Sessions that change accounts in transactions of random length: some stay open for seconds and
 * commit late, some are rolled back. Together they keep to a rate.
 */
final class Writers implements AutoCloseable {

  private static final int SESSIONS = 8;
  private static final int LONGEST_TRANSACTION = 40;
  private static final double ROLLED_BACK = 0.05;
  private static final double COMMITTED_LATE = 0.03;
  private static final double DELETED = 0.15;
  private static final double INSERTED = 0.35;

  private final Accounts accounts;
  private final boolean deletes;
  private final int rate;
  private final long startNanos = System.nanoTime();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final AtomicLong begun = new AtomicLong();
  private final AtomicLong committed = new AtomicLong();
  private final AtomicLong rolledBack = new AtomicLong();
  private final AtomicLong late = new AtomicLong();
  private final AtomicLong lastId;
  private final ExecutorService threads = Executors.newFixedThreadPool(SESSIONS);
  private final List<Future<?>> writing = new ArrayList<>();

  private Writers(Accounts accounts, long rows, boolean deletes, int rate) {
    this.accounts = accounts;
    this.lastId = new AtomicLong(rows);
    this.deletes = deletes;
    this.rate = rate;
  }

  /**
   * Starts them.
   *
   * @param rows keys from 1 to this one are there
   * @param rate statements a second of all together
   */
  static Writers start(Accounts accounts, long rows, boolean deletes, int rate, Random random) {
    Writers writers = new Writers(accounts, rows, deletes, rate);
    for (int i = 0; i < SESSIONS; i++) {
      Random own = new Random(random.nextLong());
      writers.writing.add(
          writers.threads.submit(
              () -> {
                writers.write(own);
                return true;
              }));
    }
    return writers;
  }

  private void write(Random random) throws SQLException {
    Database source = accounts.source();
    try (Connection session = source.open();
        Statement statement = session.createStatement()) {
      session.setAutoCommit(false);
      while (!stopped.get()) {
        try {
          transaction(session, statement, random);
        } catch (SQLTransactionRollbackException e) {
          undo(session);
        } catch (SQLException e) {
          if (!"40P01".equals(e.getSQLState()) && !"40001".equals(e.getSQLState())) {
            throw e;
          }
          undo(session);
        }
      }
    }
  }

  private void undo(Connection session) throws SQLException {
    session.rollback();
    rolledBack.incrementAndGet();
  }

  private void transaction(Connection session, Statement statement, Random random)
      throws SQLException {
    int length = 1 + random.nextInt(LONGEST_TRANSACTION);
    int done = 0;
    for (int i = 0; i < length && !stopped.get(); i++) {
      awaitTurn();
      done += statement.executeUpdate(change(random));
    }
    double end = random.nextDouble();
    if (end < ROLLED_BACK) {
      undo(session);
      return;
    }
    if (end < ROLLED_BACK + COMMITTED_LATE) {
      late.incrementAndGet();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1000 + random.nextInt(4000)));
    }
    session.commit();
    committed.addAndGet(done);
  }

  private String change(Random random) {
    double kind = random.nextDouble();
    String now = accounts.now();
    if (kind < INSERTED) {
      return "INSERT INTO account VALUES (%d, %d, 'inserted', %d, %s)"
          .formatted(lastId.incrementAndGet(), random.nextInt(97), random.nextInt(1000), now);
    }
    long id = 1 + random.nextLong(lastId.get());
    if (deletes && kind < INSERTED + DELETED) {
      return "DELETE FROM account WHERE id = " + id;
    }
    return "UPDATE account SET note = 'changed %d', amount = amount + 1, changed_at = %s WHERE id = %d"
        .formatted(random.nextInt(1_000_000), now, id);
  }

  private void awaitTurn() {
    long turn = startNanos + begun.getAndIncrement() * TimeUnit.SECONDS.toNanos(1) / rate;
    long wait = turn - System.nanoTime();
    if (wait > 0) {
      LockSupport.parkNanos(wait);
    }
  }

  /** Ends all transactions, and gives what they came to. */
  String stop() throws InterruptedException, ExecutionException {
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    stopped.set(true);
    for (Future<?> writer : writing) {
      writer.get();
    }
    return "%,d changes committed in %.0f s (%,.0f/s), %,d transactions held open for seconds, %,d rolled back"
        .formatted(
            committed.get(), seconds, committed.get() / seconds, late.get(), rolledBack.get());
  }

  @Override
  public void close() {
    stopped.set(true);
    threads.close();
  }
}
