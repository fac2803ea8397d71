package dev.tidemark.activities.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.ControlConfiguration;
import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.connection.Connections;
import dev.tidemark.connect.control.ArchivedBatch;
import dev.tidemark.connect.control.ArchivedTable;
import dev.tidemark.connect.control.ControlDatabase;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.workflows.plan.ColumnPlan;
import dev.tidemark.workflows.plan.Estimate;
import dev.tidemark.workflows.plan.PaceFrom;
import dev.tidemark.workflows.plan.TableFate;
import dev.tidemark.workflows.plan.TablePlan;
import dev.tidemark.workflows.plan.TablePlanActivities;
import dev.tidemark.workflows.plan.TablesToPlan;
import dev.tidemark.workflows.table.Deletes;
import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.ModeSpec;
import dev.tidemark.workflows.table.RetrySpec;
import dev.tidemark.workflows.table.RowSpec;
import dev.tidemark.workflows.table.ShapeSpec;
import dev.tidemark.workflows.table.SyncMode;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableSpec;
import dev.tidemark.workflows.table.TableTask;
import dev.tidemark.workflows.table.WhenBusy;
import io.temporal.testing.TestActivityEnvironment;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is told before the first byte, and that nothing is changed for it. */
class PlanIT {

  private static final Map<String, String> BRANCH = Map.of("branch", "lmp");

  private final List<AutoCloseable> open = new ArrayList<>();
  private final ControlDatabase control =
      ControlDatabase.openLater(
          new ControlConfiguration(
              TestServer.POSTGRESQL.newDatabase("control"),
              ControlConfiguration.DEFAULT_RETENTION));

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    control.close();
  }

  static Stream<Arguments> directions() {
    return Arrays.stream(TestServer.values())
        .flatMap(from -> Arrays.stream(TestServer.values()).map(to -> Arguments.of(from, to)));
  }

  private TablePlan plan(
      ConnectionConfiguration source,
      ConnectionConfiguration target,
      TableSpec spec,
      boolean createMissing) {
    Connections connections = new Connections(List.of(source, target));
    open.add(connections);
    TestActivityEnvironment environment = TestActivityEnvironment.newInstance();
    open.add(environment::close);
    environment.registerActivitiesImplementations(
        new TablePlanActivitiesImpl(connections, control.batches()));
    TableTask task =
        new TableTask(
            new TableId(source.name(), source.schema(), "item"),
            target.name(),
            "item",
            spec,
            RetrySpec.DEFAULT,
            WhenBusy.WAIT,
            createMissing,
            0,
            1);
    return environment
        .newActivityStub(TablePlanActivities.class)
        .planTables(new TablesToPlan(List.of(task), true))
        .tables()
        .getFirst();
  }

  private static TableSpec spec(
      Map<String, String> constants, ModeSpec mode, @Nullable String filter, ShapeSpec shape) {
    return new TableSpec(
        null,
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        constants,
        0,
        4,
        mode,
        new RowSpec(filter, Map.of()),
        shape);
  }

  private static TableSpec spec(ShapeSpec shape) {
    return spec(Map.of(), ModeSpec.FULL, null, shape);
  }

  private static ConnectionConfiguration source(TestServer from) {
    assumeTrue(from.available(), "set TIDEMARK_TEST_MYSQL_URL to run this");
    ConnectionConfiguration source = from.newDatabase("here");
    String rows =
        from == TestServer.POSTGRESQL
            ? "INSERT INTO item SELECT i, 'code ' || i, i * 1.5, 'note' FROM generate_series(1,"
                + " 2000) i"
            : "INSERT INTO item WITH RECURSIVE s (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s"
                + " WHERE i < 900) SELECT i, concat('code ', i), i * 1.5, 'note' FROM s";
    TestServer.execute(
        source,
        "CREATE TABLE item (id int PRIMARY KEY, code varchar(20) NOT NULL, price decimal(12,4),"
            + " note text)",
        "CREATE UNIQUE INDEX item_code ON item (code)",
        rows,
        from == TestServer.POSTGRESQL ? "ANALYZE item" : "ANALYZE TABLE item");
    return source;
  }

  private static ConnectionConfiguration target(TestServer to) {
    assumeTrue(to.available(), "set TIDEMARK_TEST_MYSQL_URL to run this");
    return to.newDatabase("there");
  }

  /** Everything in a database that a plan might have left there. */
  private static List<String> everything(ConnectionConfiguration database) throws Exception {
    boolean postgres = database.type() == DatabaseType.POSTGRESQL;
    String columns =
        "SELECT concat_ws('|', table_name, column_name, data_type, is_nullable)"
            + " FROM information_schema.columns WHERE table_schema = "
            + (postgres ? "'public'" : "database()")
            + " ORDER BY 1";
    String indexes =
        postgres
            ? "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"
            : "SELECT concat_ws('|', table_name, index_name, column_name)"
                + " FROM information_schema.statistics WHERE table_schema = database() ORDER BY 1";
    List<String> all = new ArrayList<>();
    try (Connection session = TestServer.open(database);
        Statement statement = session.createStatement()) {
      for (String query : List.of(columns, indexes)) {
        try (ResultSet row = statement.executeQuery(query)) {
          while (row.next()) {
            all.add(row.getString(1));
          }
        }
      }
      if (!all.isEmpty()) {
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM item")) {
          row.next();
          all.add(row.getString(1));
        }
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("directions")
  void tellsOfATableThatWouldBeMadeAndMakesNothing(TestServer from, TestServer to)
      throws Exception {
    ConnectionConfiguration source = source(from);
    ConnectionConfiguration target = target(to);
    List<String> before = everything(source);

    ShapeSpec cast = new ShapeSpec(false, false, Map.of("code", "varchar(30)"));
    TablePlan plan = plan(source, target, spec(BRANCH, ModeSpec.FULL, null, cast), true);

    assertThat(plan.refusals()).isEmpty();
    assertThat(plan.fate()).isEqualTo(TableFate.CREATED);
    assertThat(plan.key()).containsExactly("id");
    assertThat(plan.ranges()).isEqualTo(4);
    assertThat(plan.rows()).isBetween(800L, 2100L);
    assertThat(plan.bytes()).isPositive();
    assertThat(plan.indexes()).containsExactly("unique (branch, code)");
    Estimate guess = Objects.requireNonNull(plan.estimate());
    assertThat(guess.paceFrom()).isEqualTo(PaceFrom.GUESS);
    assertThat(guess.seconds())
        .isEqualTo(0.25 + (double) plan.bytes() / GuessedTime.LOADED, within(1e-6));
    assertThat(plan.statements().getFirst()).startsWith("CREATE TABLE").contains("(30)");
    assertThat(plan.statements().getLast()).contains("UNIQUE INDEX");
    assertThat(everything(target)).isEmpty();
    assertThat(everything(source)).isEqualTo(before);
    TestServer.execute(target, plan.statements().toArray(String[]::new));
    assertThat(everything(target)).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void tellsWhatDiffersInATableThatIsThereAndByWhichSettingItPasses(TestServer to)
      throws Exception {
    ConnectionConfiguration source = source(TestServer.POSTGRESQL);
    ConnectionConfiguration target = target(to);
    TestServer.execute(
        target,
        "CREATE TABLE item (id int PRIMARY KEY, code varchar(10) NOT NULL, price decimal(12,2),"
            + " must int NOT NULL)");
    List<String> before = everything(target);

    ShapeSpec cast = new ShapeSpec(false, false, Map.of("price", "decimal(30,8)"));
    TablePlan plan = plan(source, target, spec(cast), true);

    assertThat(plan.fate()).isEqualTo(TableFate.TAKEN);
    assertThat(plan.statements()).isEmpty();
    assertThat(plan.indexes()).as("people made the table").isEmpty();
    assertThat(plan.columns())
        .extracting(ColumnPlan::column, ColumnPlan::fidelity)
        .contains(tuple("code", "exact"), tuple("price", "lossy"), tuple("note", "missing"));
    assertThat(column(plan, "code").refused()).isEqualTo("texts of more than 10 characters");
    assertThat(column(plan, "price").remedy())
        .startsWith("set widen-tables: true, or make the target's column ")
        .endsWith("or set lossy: allow");
    assertThat(column(plan, "note").remedy())
        .isEqualTo("set widen-tables: true, or leave it out with exclude");
    assertThat(plan.refusals())
        .extracting(ErrorDetail::message)
        .anySatisfy(message -> assertThat(message).startsWith("Column price (numeric(12,4)) would"))
        .contains(
            "Column note (text) is missing.",
            "Column must of the target takes no NULL, has no default, and gets no value.");
    assertThat(plan.remarks())
        .anySatisfy(remark -> assertThat(remark).startsWith("Column price is there as"));
    assertThat(everything(target)).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource
  void tellsOfAKeyThatTheSourceDoesNotKeepUnique(TestServer from) throws Exception {
    ConnectionConfiguration source = source(from);
    TestServer.execute(source, "ALTER TABLE item ADD kind int DEFAULT 1 NOT NULL");
    ConnectionConfiguration target = target(TestServer.MARIADB);

    assertThat(plan(source, target, key("kind", "price"), true).refusals())
        .as("it may be NULL")
        .extracting(ErrorDetail::code)
        .containsExactly("NO_KEY");
    assertThat(plan(source, target, key("kind"), true).remarks())
        .anySatisfy(
            remark ->
                assertThat(remark)
                    .startsWith("No unique index of here.")
                    .contains("over its key (kind): two rows that share one fail the table."))
        .anySatisfy(
            remark ->
                assertThat(remark).contains("begins with kind: each chunk may read the whole"));
    assertThat(plan(source, target, key("code", "kind"), true).remarks()).isEmpty();
    assertThat(plan(source, target, key("id"), true).remarks()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "POSTGRESQL")
  void refusesAKeyThatTheTargetCannotIndex(TestServer to) throws Exception {
    ConnectionConfiguration source = source(TestServer.POSTGRESQL);
    ConnectionConfiguration target = target(to);
    TestServer.execute(target, "CREATE TABLE item (id int, code text, price text, note text)");

    assertThat(plan(source, target, key("code"), true).refusals())
        .extracting(ErrorDetail::message)
        .anySatisfy(
            message ->
                assertThat(message)
                    .startsWith("Key column code is text, of which")
                    .endsWith("make it a varchar."));
    TestServer.execute(target, "ALTER TABLE item MODIFY code varchar(20) NOT NULL");
    assertThat(plan(source, target, key("code"), true).refusals()).isEmpty();
  }

  private static TableSpec key(String... columns) {
    return new TableSpec(null, List.of(columns), List.of(), List.of(), Map.of(), Map.of(), 0);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "POSTGRESQL")
  void tellsOfAnIndexThatIsNotUniqueAnyMore(TestServer to) throws Exception {
    ConnectionConfiguration source = source(TestServer.POSTGRESQL);
    TestServer.execute(source, "CREATE UNIQUE INDEX item_note ON item (note, code)");

    TablePlan plan = plan(source, target(to), spec(ShapeSpec.STRICT), true);

    assertThat(plan.indexes()).containsExactlyInAnyOrder("unique (code)", "(note(384), code)");
    assertThat(plan.remarks())
        .containsExactly(
            "Unique in the source and not in the target, which indexes only the beginning of long"
                + " columns: index item_note (note(384), code).");
  }

  @Test
  void tellsWhatAWriterLacksForRowsThatExchangeValues() throws Exception {
    ConnectionConfiguration source = source(TestServer.POSTGRESQL);
    ConnectionConfiguration target = target(TestServer.MYSQL);
    String user = target.schema();
    ConnectionConfiguration writer = as(target, user);
    TestServer.MYSQL.execute("CREATE USER " + user + " IDENTIFIED BY 'Few-1-few'");
    try {
      TestServer.MYSQL.execute("GRANT ALL ON " + user + ".* TO " + user);
      String lacks =
          "Rows that exchange values of unique (code) will be refused: the user of there lacks"
              + " PROCESS.";
      assertThat(plan(source, writer, spec(ShapeSpec.STRICT), true).remarks())
          .containsExactly(lacks);
      TestServer.execute(
          target,
          "CREATE TABLE item (id int PRIMARY KEY, code varchar(20) NOT NULL, price decimal(12,4),"
              + " note longtext)");
      assertThat(plan(source, writer, spec(ShapeSpec.STRICT), true).remarks())
          .as("nothing but the key is unique")
          .isEmpty();
      TestServer.execute(target, "ALTER TABLE item ADD UNIQUE (code)");
      assertThat(plan(source, writer, spec(ShapeSpec.STRICT), true).remarks())
          .containsExactly(lacks);
      ModeSpec replace = new ModeSpec(SyncMode.REPLACE, null, Deletes.IGNORE, null);
      TableSpec replaced = spec(Map.of(), replace, null, ShapeSpec.STRICT);
      assertThat(plan(source, writer, replaced, true).remarks()).isEmpty();
      assertThat(codes(plan(source, writer, replaced, true)))
          .as("a foreign key of another database may carry its deletes on")
          .containsExactly("ACCESS_DENIED");
      TestServer.MYSQL.execute("GRANT PROCESS ON *.* TO " + user);
      assertThat(codes(plan(source, writer, replaced, true))).isEmpty();
      assertThat(plan(source, writer, spec(ShapeSpec.STRICT), true).remarks()).isEmpty();
    } finally {
      TestServer.MYSQL.execute("DROP USER " + user);
    }
  }

  private static ConnectionConfiguration as(ConnectionConfiguration owner, String user) {
    return new ConnectionConfiguration(
        owner.name(), owner.type(), owner.jdbcUrl(), user, "Few-1-few", owner.schema(), 8, false);
  }

  @Test
  void tellsWhatAReaderLacksToSeeTransactions() throws Exception {
    ConnectionConfiguration source = source(TestServer.POSTGRESQL);
    String user = source.jdbcUrl().substring(source.jdbcUrl().lastIndexOf('/') + 1);
    TestServer.execute(
        source,
        "ALTER TABLE item ADD changed timestamptz NOT NULL DEFAULT now()",
        "CREATE ROLE " + user + " LOGIN",
        "GRANT SELECT ON item TO " + user);
    ModeSpec incremental = new ModeSpec(SyncMode.INCREMENTAL, "changed", Deletes.IGNORE, null);
    TableSpec spec = spec(Map.of(), incremental, null, ShapeSpec.STRICT);
    try {
      ConnectionConfiguration target = target(TestServer.POSTGRESQL);
      TablePlan plan = plan(as(source, user), target, spec, true);
      assertThat(plan.refusals()).as("nobody else is there").isEmpty();
      assertThat(plan.remarks())
          .contains(
              "A pass is refused while another user is connected to here: its own lacks"
                  + " pg_read_all_stats.");
      try (Connection another = TestServer.open(source)) {
        assertThat(another.isValid(5)).isTrue();
        assertThat(codes(plan(as(source, user), target, spec, true)))
            .containsExactly("TRANSACTIONS_HIDDEN");
      }
      TestServer.execute(source, "GRANT pg_read_all_stats TO " + user);
      assertThat(plan(as(source, user), target, spec, true).remarks())
          .noneMatch(remark -> remark.contains("pg_read_all_stats"));
    } finally {
      TestServer.execute(source, "DROP OWNED BY " + user, "DROP ROLE " + user);
    }
  }

  private static ColumnPlan column(TablePlan plan, String name) {
    return plan.columns().stream()
        .filter(column -> column.column().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void tellsByWhatATableWouldBeWidened(TestServer to) throws Exception {
    ConnectionConfiguration source = source(TestServer.POSTGRESQL);
    ConnectionConfiguration target = target(to);
    TestServer.execute(
        target,
        "CREATE TABLE item (id int PRIMARY KEY, code varchar(10) NOT NULL, price decimal(12,4))");
    List<String> before = everything(target);

    TablePlan plan = plan(source, target, spec(new ShapeSpec(true, false, Map.of())), true);

    assertThat(plan.refusals()).isEmpty();
    assertThat(plan.fate()).isEqualTo(TableFate.WIDENED);
    assertThat(plan.changes())
        .hasSize(2)
        .anySatisfy(change -> assertThat(change).startsWith("widens column code from "))
        .anySatisfy(change -> assertThat(change).startsWith("adds column note ("));
    assertThat(plan.statements()).hasSize(2).allMatch(sql -> sql.startsWith("ALTER TABLE"));
    assertThat(everything(target)).isEqualTo(before);
    TestServer.execute(target, plan.statements().toArray(String[]::new));
    assertThat(plan(source, target, spec(ShapeSpec.STRICT), true).refusals()).isEmpty();
  }

  @Test
  void tellsAllThatWouldRefuseATable() throws Exception {
    ConnectionConfiguration source = source(TestServer.POSTGRESQL);
    ConnectionConfiguration target = target(TestServer.MARIADB);
    ModeSpec incremental = new ModeSpec(SyncMode.INCREMENTAL, "note", Deletes.IGNORE, null);

    assertThat(
            codes(
                plan(source, target, spec(Map.of(), incremental, "id >", ShapeSpec.STRICT), false)))
        .containsExactly("COLUMN_MISMATCH", "BAD_STATEMENT", "TARGET_TABLE_MISSING");

    ModeSpec soft = new ModeSpec(SyncMode.DIFF, null, Deletes.SOFT, "note");
    assertThat(
            codes(plan(source, small(target), spec(Map.of(), soft, null, ShapeSpec.STRICT), true)))
        .containsExactly("READ_ONLY_TARGET", "COLUMN_MISMATCH", "POOL_TOO_SMALL");

    TestServer.execute(
        source, "ALTER TABLE item DROP CONSTRAINT item_pkey", "DROP INDEX item_code");
    TablePlan keyless = plan(source, target, spec(ShapeSpec.STRICT), true);
    assertThat(codes(keyless)).containsExactly("NO_KEY");
    assertThat(keyless.fate()).isNull();
    ModeSpec replace = new ModeSpec(SyncMode.REPLACE, null, Deletes.HARD, null);
    TablePlan replaced =
        plan(source, target, spec(Map.of(), replace, null, ShapeSpec.STRICT), true);
    assertThat(codes(replaced)).isEmpty();
    assertThat(replaced.ranges()).isEqualTo(1);
    TestServer.execute(source, "DROP TABLE item");
    assertThat(codes(plan(source, target, spec(ShapeSpec.STRICT), true)))
        .containsExactly("TABLE_NOT_FOUND");
  }

  private static ConnectionConfiguration small(ConnectionConfiguration target) {
    return new ConnectionConfiguration(
        target.name(),
        target.type(),
        target.jdbcUrl(),
        target.username(),
        target.password(),
        target.schema(),
        1,
        true);
  }

  private static List<String> codes(TablePlan plan) {
    return plan.refusals().stream().map(ErrorDetail::code).toList();
  }

  @ParameterizedTest
  @EnumSource
  void tellsThatTheChangeColumnHasNoIndex(TestServer from) throws Exception {
    ConnectionConfiguration source = source(from);
    ConnectionConfiguration target = target(TestServer.MARIADB);
    TestServer.execute(source, "ALTER TABLE item ADD changed timestamp NULL");
    ModeSpec mode = new ModeSpec(SyncMode.INCREMENTAL, "changed", Deletes.IGNORE, null);
    TableSpec incremental = spec(Map.of(), mode, null, ShapeSpec.STRICT);
    assertThat(plan(source, target, incremental, true).remarks())
        .anySatisfy(remark -> assertThat(remark).contains("No index of", "begins with changed"))
        .anySatisfy(remark -> assertThat(remark).startsWith("changed may be NULL"));

    TestServer.execute(source, "CREATE INDEX item_changed ON item (changed)");
    assertThat(plan(source, target, incremental, true).remarks())
        .noneSatisfy(remark -> assertThat(remark).contains("No index of"));
  }

  @Test
  void tellsThatRowsGoInByInsertWhereTheTargetTakesNoLoads() throws Exception {
    ConnectionConfiguration source = source(TestServer.POSTGRESQL);
    ConnectionConfiguration target = target(TestServer.MARIADB);
    TestServer.MARIADB.execute("SET GLOBAL local_infile = OFF");
    try {
      TablePlan plan = plan(source, target, spec(ShapeSpec.STRICT), true);
      assertThat(codes(plan)).isEmpty();
      assertThat(plan.remarks()).anySatisfy(remark -> assertThat(remark).contains("by INSERT"));
    } finally {
      TestServer.MARIADB.execute("SET GLOBAL local_infile = ON");
    }
  }

  @Test
  void refusesToReplaceATableWhoseDeletesOthersWouldFollow() throws Exception {
    ConnectionConfiguration source = source(TestServer.POSTGRESQL);
    for (TestServer to : List.of(TestServer.POSTGRESQL, TestServer.MARIADB)) {
      ConnectionConfiguration target = target(to);
      TestServer.execute(
          target,
          "CREATE TABLE item (id int PRIMARY KEY, code varchar(40), price numeric(12,2), note"
              + " text)",
          "CREATE TABLE part (item int, FOREIGN KEY (item) REFERENCES item (id) ON DELETE SET"
              + " NULL)");
      ModeSpec replace = new ModeSpec(SyncMode.REPLACE, null, Deletes.HARD, null);
      assertThat(codes(plan(source, target, spec(Map.of(), replace, null, ShapeSpec.STRICT), true)))
          .contains("DELETES_CASCADE");
    }
  }

  @Test
  void reckonsRowsOfAFilterAndTimeFromWhatWasCopiedBefore() throws Exception {
    ConnectionConfiguration source = source(TestServer.POSTGRESQL);
    ConnectionConfiguration target = target(TestServer.MARIADB);
    TableSpec filtered = spec(Map.of(), ModeSpec.FULL, "id <= 500", ShapeSpec.STRICT);

    TablePlan first = plan(source, target, filtered, true);
    assertThat(first.rows()).isBetween(400L, 600L);
    Estimate guess = Objects.requireNonNull(first.estimate());
    assertThat(guess.paceFrom()).isEqualTo(PaceFrom.GUESS);
    assertThat(guess.seconds())
        .as("of the rows that pass the filter")
        .isLessThan(0.25 + 0.4 * first.bytes() / GuessedTime.LOADED);

    archive("sync_other", "other", 9000, 90);
    Estimate ofOthers = plan(source, target, spec(ShapeSpec.STRICT), true).estimate();
    assertThat(ofOthers)
        .isEqualTo(Estimate.measured(20, "the last runs from here into there, at 100 rows/s"));

    archive("sync_own", "item", 1000, 4);
    Estimate ofItself = plan(source, target, spec(ShapeSpec.STRICT), true).estimate();
    assertThat(ofItself).isEqualTo(Estimate.measured(8, "its last run, sync_own, at 250 rows/s"));

    ModeSpec diff = new ModeSpec(SyncMode.DIFF, null, Deletes.HARD, null);
    Estimate ofDiff =
        plan(source, target, spec(Map.of(), diff, null, ShapeSpec.STRICT), true).estimate();
    assertThat(ofDiff).isEqualTo(Estimate.measured(4, "its last run, sync_own"));
  }

  @Test
  void guessesOfAnEmptyTableAndNotOfAViewOfWhichNobodyKnowsTheSize() throws Exception {
    ConnectionConfiguration source = TestServer.POSTGRESQL.newDatabase("here");
    ConnectionConfiguration target = target(TestServer.MARIADB);
    TestServer.execute(source, "CREATE TABLE item (id int PRIMARY KEY)");
    Estimate empty =
        Objects.requireNonNull(plan(source, target, spec(ShapeSpec.STRICT), true).estimate());
    assertThat(empty.seconds())
        .as("the planner takes some rows for granted")
        .isEqualTo(GuessedTime.SECONDS_OF_AN_EMPTY_TABLE, within(0.05));

    TestServer.execute(
        source, "DROP TABLE item", "CREATE VIEW item AS SELECT 1 AS id, 'x' AS code");
    ModeSpec replace = new ModeSpec(SyncMode.REPLACE, null, Deletes.HARD, null);
    TablePlan view = plan(source, target, spec(Map.of(), replace, null, ShapeSpec.STRICT), true);
    assertThat(view.bytes()).isZero();
    assertThat(view.estimate()).isNull();
  }

  private void archive(String id, String table, long rows, int seconds) {
    Instant start = Instant.parse("2026-11-21T10:00:00Z");
    control
        .batches()
        .save(
            new ArchivedBatch(
                id,
                "branches",
                "completed",
                false,
                1,
                1,
                0,
                0,
                "{}",
                "{\"target\": \"there\"}",
                start,
                start.plusSeconds(seconds),
                "test",
                start,
                null,
                null),
            List.of(
                new ArchivedTable(
                    id,
                    "here",
                    "public",
                    table,
                    table,
                    table,
                    "completed",
                    rows,
                    rows,
                    0,
                    0,
                    0,
                    0,
                    rows,
                    null,
                    null,
                    null,
                    start,
                    start.plusSeconds(seconds),
                    0,
                    0,
                    List.of())));
  }
}
