package dev.tidemark.activities.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.connect.checkpoint.Claimant;
import dev.tidemark.connect.checkpoint.Owner;
import dev.tidemark.connect.checkpoint.OwnerLookup;
import dev.tidemark.connect.checkpoint.OwnerState;
import dev.tidemark.connect.checkpoint.SliceBusyException;
import dev.tidemark.connect.comparison.ComparisonResult;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.connection.Connections;
import dev.tidemark.connect.dialect.Dialects;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.connect.table.ColumnChoice;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.workflows.table.RetrySpec;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.TableHeartbeat;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableSpec;
import dev.tidemark.workflows.table.TableTask;
import dev.tidemark.workflows.table.WhenBusy;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Copies of tables between real servers. */
class TableCopyIT {

  private static final String[] INVOICES = {
    """
    CREATE TABLE c_invoice (
      c_invoice_id bigint PRIMARY KEY,
      documentno varchar(30) NOT NULL,
      customer text,
      grandtotal numeric(14,2),
      rate numeric,
      weight double precision,
      small real,
      paid boolean NOT NULL,
      issued date,
      created timestamptz(6) NOT NULL,
      local_time timestamp,
      uid uuid NOT NULL,
      extra jsonb,
      scan bytea)""",
    """
    INSERT INTO c_invoice
    SELECT i, 'INV/' || i, CASE i % 5 WHEN 0 THEN NULL WHEN 1 THEN '' WHEN 2 THEN E'tab\\there\\nline \\\\ \\f\\v'
             WHEN 3 THEN 'Ibu Sari 🐟 ' ELSE 'Toko ''Maju'' "Jaya"' END,
           (i * 7919 % 1000000) / 100.0, i / 7.0, i / 3.0, (i / 3.0)::real, i % 2 = 0,
           date '2020-01-01' + i % 2000,
           timestamptz '2024-03-10 01:59:59.123456+07' + i * interval '61.000001 second',
           CASE WHEN i % 3 = 0 THEN NULL ELSE timestamp '1999-12-31 23:59:59.999999' END,
           md5(i::text)::uuid, jsonb_build_object('n', i, 'teks', 'é "q" 🐟', 'a', jsonb_build_array(1, NULL)),
           decode(md5(i::text), 'hex')
      FROM generate_series(1, 5000) i"""
  };

  private final Map<String, OwnerState> runs = new HashMap<>();
  private final OwnerLookup lookup = owner -> runs.getOrDefault(owner.runId(), OwnerState.RUNNING);

  @ParameterizedTest
  @EnumSource(TestServer.class)
  void copiesEveryColumnExactlyAndThenFindsNothingToDo(TestServer server) throws Exception {
    try (Side side = new Side(server, TableSpec.DEFAULT)) {
      assertThat(side.copy("run1", 1, () -> false)).isTrue();
      assertThat(side.counts()).isEqualTo(new RowCounts(5000, 5000, 0, 0));
      side.assertEqual();

      side.newPass("second");
      assertThat(side.copy("run2", 1, () -> false)).isTrue();
      assertThat(side.counts()).isEqualTo(new RowCounts(5000, 0, 0, 5000));

      TestServer.execute(
          side.source,
          "UPDATE c_invoice SET customer = upper(customer) WHERE c_invoice_id = 13",
          "UPDATE c_invoice SET extra = NULL, scan = '\\x00ff' WHERE c_invoice_id = 4999",
          "INSERT INTO c_invoice SELECT 9999, documentno, customer, grandtotal, rate, weight, small,"
              + " paid, issued, created, local_time, uid, extra, scan FROM c_invoice WHERE"
              + " c_invoice_id = 1");
      side.newPass("third");
      assertThat(side.copy("run3", 1, () -> false)).isTrue();
      assertThat(side.counts()).isEqualTo(new RowCounts(5001, 1, 2, 4998));
      side.assertEqual();
    }
  }

  @ParameterizedTest
  @EnumSource(TestServer.class)
  void goesOnFromItsCheckpointAndFencesTheAttemptBefore(TestServer server) throws Exception {
    try (Side side = new Side(server, TableSpec.DEFAULT)) {
      assertThat(side.copy("run1", 1, () -> side.hasRead(1500))).isFalse();
      assertThat(side.counts().read()).isEqualTo(1500);
      assertThat(side.report.heartbeat().cursor()).isEqualTo("1500");

      assertThat(side.copy("run1", 2, () -> false)).isTrue();
      assertThat(side.counts()).isEqualTo(new RowCounts(5000, 5000, 0, 0));
      side.assertEqual();

      assertThat(side.copy("run1", 3, () -> false)).as("finished already").isTrue();
      assertThat(side.counts().read()).isEqualTo(5000);
    }
  }

  @ParameterizedTest
  @EnumSource(TestServer.class)
  void anEarlierAttemptCanNeitherClaimNorCommit(TestServer server) throws Exception {
    try (Side side = new Side(server, TableSpec.DEFAULT)) {
      // The second attempt takes over in the middle of the first one's pass.
      Thread copying = Thread.currentThread();
      AtomicBoolean overtaken = new AtomicBoolean();
      assertThatThrownBy(
              () ->
                  side.copy(
                      "run1",
                      1,
                      () -> {
                        if (Thread.currentThread().equals(copying)
                            && side.hasRead(1000)
                            && overtaken.compareAndSet(false, true)) {
                          side.copyQuietly("run1", 2, () -> true);
                        }
                        return false;
                      }))
          .satisfies(
              error ->
                  assertThat(Failures.classify(error))
                      .isIn(ErrorCode.FENCED, ErrorCode.CONNECTION_FAILED));
      assertThatThrownBy(() -> side.copy("run1", 1, () -> false))
          .isInstanceOfSatisfying(
              SyncException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FENCED));
      assertThat(side.copy("run1", 3, () -> false)).isTrue();
      side.assertEqual();
    }
  }

  @ParameterizedTest
  @EnumSource(TestServer.class)
  void aSliceIsBusyWhileItsHolderRunsAndFreeWhenThatIsClosed(TestServer server) throws Exception {
    try (Side side = new Side(server, TableSpec.DEFAULT)) {
      assertThat(side.copy("run1", 1, () -> side.hasRead(500))).isFalse();
      side.newPass("other");
      assertThatThrownBy(() -> side.copy("run2", 1, () -> false))
          .isInstanceOfSatisfying(
              SyncException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.SLICE_BUSY);
                assertThat(e).hasMessageContaining("held by workflow-run1");
              });
      runs.put("run1", OwnerState.CLOSED);
      assertThat(side.copy("run2", 1, () -> false)).isTrue();
      side.assertEqual();
    }
  }

  @ParameterizedTest
  @EnumSource(TestServer.class)
  void letsTheSliceGoWithTheLastFailureOfItsBudget(TestServer server) throws Exception {
    try (Side side = new Side(server, TableSpec.DEFAULT)) {
      assertThatThrownBy(() -> side.copy("run1", 1, side::cutSource)).isInstanceOf(Exception.class);
      side.newPass("other");
      assertThatThrownBy(() -> side.copy("run2", 1, () -> false))
          .isInstanceOf(SliceBusyException.class);

      side.newPass("first");
      side.failuresBefore = RetrySpec.DEFAULT.maximumAttempts() - 1;
      assertThatThrownBy(() -> side.copy("run1", 2, side::cutSource)).isInstanceOf(Exception.class);
      side.newPass("other");
      assertThat(side.copy("run2", 1, () -> false)).isTrue();
      side.assertEqual();
    }
  }

  @ParameterizedTest
  @EnumSource(TestServer.class)
  void leavesWhenItsDatabaseDoesNotAnswerThoughItWasAskedToStop(TestServer server)
      throws Exception {
    try (Side side = new Side(server, TableSpec.DEFAULT)) {
      assertThat(side.copy("run1", 1, () -> side.hasRead(500))).isFalse();
      side.patience = Duration.ofMillis(300);
      AtomicBoolean stop = new AtomicBoolean();
      try (Connection held = TestServer.open(side.target);
          Statement statement = held.createStatement();
          ExecutorService threads = Executors.newSingleThreadExecutor()) {
        held.setAutoCommit(false);
        statement.execute("SELECT * FROM tidemark_slice FOR UPDATE");
        Future<Boolean> copy = threads.submit(() -> side.copy("run1", 2, stop::get));
        assertThatThrownBy(() -> copy.get(1, TimeUnit.SECONDS))
            .isInstanceOf(TimeoutException.class);

        stop.set(true);

        assertThat(copy.get(20, TimeUnit.SECONDS)).isFalse();
        held.rollback();
      }
      assertThat(side.copy("run1", 3, () -> false)).isTrue();
      assertThat(side.counts().read()).isEqualTo(5000);
      side.assertEqual();
    }
  }

  @ParameterizedTest
  @EnumSource(TestServer.class)
  void aChunkThatIsCutOffAfterAStopIsNoFailure(TestServer server) throws Exception {
    try (Side side = new Side(server, TableSpec.DEFAULT)) {
      assertThat(side.copy("run1", 1, () -> side.hasRead(500))).isFalse();
      side.patience = Duration.ofMillis(300);
      AtomicBoolean stop = new AtomicBoolean();
      try (Connection held = TestServer.open(side.target);
          Statement statement = held.createStatement();
          ExecutorService threads = Executors.newSingleThreadExecutor()) {
        held.setAutoCommit(false);
        statement.execute("SELECT * FROM tidemark_cursor FOR UPDATE");
        Future<Boolean> copy = threads.submit(() -> side.copy("run1", 2, stop::get));
        assertThatThrownBy(() -> copy.get(1, TimeUnit.SECONDS))
            .isInstanceOf(TimeoutException.class);
        stop.set(true);
        assertThat(copy.get(20, TimeUnit.SECONDS)).isFalse();
        held.rollback();
      }
      assertThat(side.copy("run1", 3, () -> false)).isTrue();
      side.assertEqual();
    }
  }

  @ParameterizedTest
  @EnumSource(TestServer.class)
  void twoBranchesWithTheSameIdsShareATarget(TestServer server) throws Exception {
    try (Side lmp = new Side(server, spec(Map.of("branch", "lmp")));
        Side sby = new Side(server, spec(Map.of("branch", "s'b&y")), lmp.target)) {
      assertThat(lmp.copy("run1", 1, () -> false)).isTrue();
      TestServer.execute(sby.source, "DELETE FROM c_invoice WHERE c_invoice_id > 4000");
      assertThat(sby.copy("run2", 1, () -> false)).isTrue();
      assertThat(sby.counts()).isEqualTo(new RowCounts(4000, 4000, 0, 0));
      lmp.assertEqual();
      sby.assertEqual();
    }
  }

  @ParameterizedTest
  @EnumSource(TestServer.class)
  void twoSourcesOfOneBatchMayNotShareASlice(TestServer server) throws Exception {
    try (Side lmp = new Side(server, TableSpec.DEFAULT);
        Side sby = new Side(server, TableSpec.DEFAULT, lmp.target)) {
      sby.reads = "other.public.c_invoice";
      assertThat(lmp.copy("run1", 1, () -> false)).isTrue();
      assertThatThrownBy(() -> sby.copy("run1", 1, () -> false))
          .isInstanceOfSatisfying(
              SyncException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.SLICE_SHARED);
                assertThat(e).hasMessageContaining("branch.public.c_invoice");
              });
    }
  }

  @ParameterizedTest
  @EnumSource(TestServer.class)
  void aValueThatDoesNotFitFailsWithItsKeyAndWritesNothing(TestServer server) throws Exception {
    try (Side side = new Side(server, TableSpec.DEFAULT)) {
      TestServer.execute(side.source, "DELETE FROM c_invoice WHERE c_invoice_id > 700");
      side.copy("run1", 1, () -> false);
      TestServer.execute(side.target, "ALTER TABLE c_invoice DROP COLUMN documentno");
      TestServer.execute(side.target, "ALTER TABLE c_invoice ADD COLUMN documentno varchar(7)");
      TestServer.execute(
          side.source, "UPDATE c_invoice SET documentno = 'too long' WHERE c_invoice_id = 613");
      side.newPass("next");
      assertThatThrownBy(() -> side.copy("run2", 1, () -> false))
          .isInstanceOfSatisfying(
              SyncException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.VALUE_DOES_NOT_FIT);
                assertThat(e).hasMessageContaining("c_invoice_id=613");
              });
      assertThat(side.report.heartbeat().counts().read()).isEqualTo(500);
    }
  }

  @ParameterizedTest
  @EnumSource(TestServer.class)
  void startsOverWhenTheTableWasDroppedOrEmptiedBehindItsCheckpoint(TestServer server)
      throws Exception {
    try (Side side = new Side(server, TableSpec.DEFAULT)) {
      assertThat(side.copy("run1", 1, () -> side.hasRead(1500))).isFalse();
      TestServer.execute(side.target, "DROP TABLE c_invoice");
      assertThat(side.copy("run1", 2, () -> side.hasRead(500))).isFalse();
      assertThat(side.counts()).isEqualTo(new RowCounts(500, 500, 0, 0));
      TestServer.execute(side.target, "DELETE FROM c_invoice");
      assertThat(side.copy("run1", 3, () -> false)).isTrue();
      assertThat(side.counts()).isEqualTo(new RowCounts(5000, 5000, 0, 0));
      side.assertEqual();

      TestServer.execute(side.target, "DELETE FROM c_invoice");
      assertThat(side.copy("run1", 4, () -> false)).isTrue();
      side.assertEqual();
    }
  }

  @ParameterizedTest
  @EnumSource(TestServer.class)
  void mergesWhenSomebodyElseWritesIntoASliceThatWasEmpty(TestServer server) throws Exception {
    try (Side side = new Side(server, TableSpec.DEFAULT)) {
      Thread copying = Thread.currentThread();
      AtomicBoolean written = new AtomicBoolean();
      boolean finished =
          side.copy(
              "run1",
              1,
              () -> {
                if (Thread.currentThread().equals(copying)
                    && side.hasRead(500)
                    && written.compareAndSet(false, true)) {
                  TestServer.execute(
                      side.target,
                      "INSERT INTO c_invoice (c_invoice_id, documentno, paid, created, uid)"
                          + " SELECT 700, 'other', paid, created, uid FROM c_invoice"
                          + " WHERE c_invoice_id = 1");
                }
                return false;
              });
      assertThat(finished).isTrue();
      assertThat(side.counts()).isEqualTo(new RowCounts(5000, 4999, 1, 0));
      side.assertEqual();
    }
  }

  @ParameterizedTest
  @EnumSource(TestServer.class)
  void twoRowsOfOneKeyAreRefusedInTheWordsOfTheTargetsTable(TestServer server) throws Exception {
    TableSpec byNumber =
        new TableSpec(
            null,
            List.of("documentno"),
            List.of(),
            List.of(),
            Map.of(),
            Map.of(),
            TableSpec.DEFAULT_CHUNK_ROWS);
    try (Side side = new Side(server, byNumber)) {
      side.copy("run1", 1, () -> false);
      String longNumber = "INV/" + "9".repeat(20);
      TestServer.execute(
          side.source,
          "UPDATE c_invoice SET documentno = '" + longNumber + "' WHERE c_invoice_id IN (3, 4)");
      side.newPass("next");
      assertThatThrownBy(() -> side.copy("run2", 1, () -> false))
          .isInstanceOfSatisfying(
              SyncException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.KEY_NOT_UNIQUE);
                assertThat(e).hasMessageContaining(longNumber);
                assertThat(e).hasMessageContaining(" of branch.public.c_invoice is not taken by");
                assertThat(e.getMessage()).doesNotContain("tidemark_stage").doesNotContain("null");
              });
    }
  }

  @ParameterizedTest
  @EnumSource(TestServer.class)
  void namesTheRowsThatDiffer(TestServer server) throws Exception {
    try (Side side = new Side(server, TableSpec.DEFAULT)) {
      side.copy("run1", 1, () -> false);
      TestServer.execute(
          side.target,
          "UPDATE c_invoice SET customer = 'other' WHERE c_invoice_id = 17",
          "DELETE FROM c_invoice WHERE c_invoice_id = 18");
      ComparisonResult result = side.compare();
      assertThat(result.equal()).isFalse();
      assertThat(result.words()).containsExactly("17 differs", "18 is missing in the target");
    }
  }

  private static TableSpec spec(Map<String, String> constants) {
    return new TableSpec(
        null, List.of(), List.of(), List.of(), Map.of(), constants, TableSpec.DEFAULT_CHUNK_ROWS);
  }

  /** A source of its own and a target, with the state that an activity would have. */
  private final class Side implements AutoCloseable {

    final ConnectionConfiguration source = TestServer.POSTGRESQL.newDatabase("branch");
    final ConnectionConfiguration target;
    final Connections connections;
    final TableTask task;
    TableReport report;
    int failuresBefore;
    Duration patience = Duration.ofMinutes(1);
    private String pass = "first";
    private String reads = "branch.public.c_invoice";

    Side(TestServer server, TableSpec spec) {
      this(server, spec, null);
    }

    Side(TestServer server, TableSpec spec, @Nullable ConnectionConfiguration existing) {
      assumeTrue(server.available(), "no " + server + ": set TIDEMARK_TEST_MYSQL_URL to run this");
      target = existing == null ? server.newDatabase("dashboard") : existing;
      TestServer.execute(source, INVOICES);
      connections = new Connections(List.of(source, target));
      task =
          new TableTask(
              new TableId("branch", "public", "c_invoice"),
              "dashboard",
              "c_invoice",
              new TableSpec(
                  null,
                  spec.key(),
                  spec.include(),
                  spec.exclude(),
                  spec.rename(),
                  spec.constants(),
                  500),
              RetrySpec.DEFAULT,
              WhenBusy.WAIT,
              true,
              5000,
              1);
      report = new TableReport(task, Optional.empty());
    }

    void newPass(String name) {
      pass = name;
    }

    boolean copy(String run, int attempt, BooleanSupplier stop) throws Exception {
      report =
          new TableReport(
              task,
              Optional.of(
                  new TableHeartbeat(
                      task.source(), null, RowCounts.NONE, 0, 0, failuresBefore, 0, null)));
      return new TableCopy(connections, lookup, task, report, stop, patience)
          .run(
              new Claimant(
                  new Owner("namespace", "workflow-" + run, run), pass, reads, 1, attempt, false));
    }

    void copyQuietly(String run, int attempt, BooleanSupplier stop) {
      try {
        new TableCopy(
                connections, lookup, task, new TableReport(task, Optional.empty()), stop, patience)
            .run(
                new Claimant(
                    new Owner("namespace", "workflow-" + run, run),
                    pass,
                    reads,
                    1,
                    attempt,
                    false));
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    /** Ends the sessions of the source before the next chunk; never a reason to stop. */
    boolean cutSource() {
      TestServer.execute(
          source,
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
      return false;
    }

    boolean hasRead(long rows) {
      return counts().read() >= rows;
    }

    RowCounts counts() {
      return report.counts();
    }

    ComparisonResult compare() throws Exception {
      Dialect from = Dialects.of(source.type());
      Dialect to = Dialects.of(target.type());
      try (Connection reading = connections.open("branch");
          Connection writing = connections.open("dashboard")) {
        TableShape shape = from.describe(reading, "public", "c_invoice").orElseThrow();
        TableMapping mapping =
            TableMapping.of(
                shape,
                "c_invoice",
                new ColumnChoice(
                    List.of(), List.of(), List.of(), Map.of(), task.spec().constants()));
        TableShape there = to.describe(writing, target.schema(), "c_invoice").orElseThrow();
        return ComparisonResult.of(
            new dev.tidemark.connect.comparison.Side(reading, from),
            new dev.tidemark.connect.comparison.Side(writing, to),
            mapping,
            there,
            10);
      }
    }

    void assertEqual() throws Exception {
      ComparisonResult result = compare();
      assertThat(result.words()).isEmpty();
      assertThat(result.equal()).isTrue();
      assertThat(result.source().rows()).isPositive();
    }

    @Override
    public void close() {
      connections.close();
    }
  }
}
