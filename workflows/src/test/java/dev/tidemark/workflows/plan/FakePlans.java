package dev.tidemark.workflows.plan;

import dev.tidemark.workflows.table.Deletes;
import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.SyncMode;
import dev.tidemark.workflows.table.TableTask;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Tables of which is told what it is told to tell. */
final class FakePlans implements TablePlanActivities {

  private final Map<String, ErrorDetail> refused = new ConcurrentHashMap<>();
  private final List<TablesToPlan> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger running = new AtomicInteger();
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile @Nullable ErrorDetail broken;
  private volatile int statementLength = 10;
  private volatile int columns;

  void refuses(String table, ErrorDetail error) {
    refused.put(table, error);
  }

  /** From now on no database answers. */
  void breaks(ErrorDetail error) {
    broken = error;
  }

  void tellsStatementsOf(int characters) {
    statementLength = characters;
  }

  /** Of each table something is to be said of so many columns. */
  void tellsOfColumns(int number) {
    columns = number;
  }

  /** From now on nothing is told until {@link #open}, or until it is canceled. */
  void close() {
    gate = new CountDownLatch(1);
  }

  void open() {
    gate.countDown();
  }

  int running() {
    return running.get();
  }

  List<TablesToPlan> asked() {
    return asked;
  }

  @Override
  public TablePlans planTables(TablesToPlan tables) {
    asked.add(tables);
    running.incrementAndGet();
    try {
      while (!gate.await(20, TimeUnit.MILLISECONDS)) {
        Activity.getExecutionContext().heartbeat(null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      running.decrementAndGet();
    }
    ErrorDetail error = broken;
    if (error != null) {
      throw ApplicationFailure.newNonRetryableFailure(error.message(), error.code(), error);
    }
    return new TablePlans(tables.tables().stream().map(task -> plan(task, tables.ddl())).toList());
  }

  private TablePlan plan(TableTask task, boolean ddl) {
    ErrorDetail refusal = refused.get(task.source().table());
    return new TablePlan(
        SyncMode.FULL,
        Deletes.IGNORE,
        List.of("id"),
        4,
        1000,
        8192,
        TableFate.CREATED,
        List.of("creates the table"),
        Collections.nCopies(
            columns,
            new ColumnPlan(
                "amount", "amount", "numeric(20,5)", "decimal(20,5)", "lossy", "NaN", "", "")),
        0,
        ddl ? List.of("x".repeat(statementLength)) : List.of(),
        List.of("unique (code)"),
        List.of(),
        refusal == null ? List.of() : List.of(refusal),
        List.of(),
        Estimate.measured(2.5, "its last run"));
  }
}
