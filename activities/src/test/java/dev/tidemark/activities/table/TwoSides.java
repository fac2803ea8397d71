package dev.tidemark.activities.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.connect.checkpoint.Claimant;
import dev.tidemark.connect.checkpoint.Owner;
import dev.tidemark.connect.checkpoint.OwnerState;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.ConnectionLimits;
import dev.tidemark.connect.connection.Connections;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.workflows.table.ModeSpec;
import dev.tidemark.workflows.table.RetrySpec;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.RowSpec;
import dev.tidemark.workflows.table.ShapeSpec;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableSpec;
import dev.tidemark.workflows.table.TableTask;
import dev.tidemark.workflows.table.WhenBusy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The table {@code item} of a source, and a target, with the state that an activity would have. */
public final class TwoSides implements AutoCloseable {

  static final String TABLE = "item";

  /** What is read in its place, such as a view. */
  String read = TABLE;

  public final ConnectionConfiguration source;
  public final ConnectionConfiguration target;
  public final Connections connections;
  public TableSpec spec;

  /** What a planner expects. */
  long estimatedRows;

  TableReport report;
  private volatile Thread copying = Thread.currentThread();
  private String pass = "first";
  private String run = "run of first";
  private int attempt;

  /** A table whose columns all go where they are called the same. */
  public static TableSpec spec(int chunkRows, int parallelRanges, ModeSpec mode, RowSpec rows) {
    return spec(Map.of(), chunkRows, parallelRanges, mode, rows);
  }

  /** The same, into a table that may change, or lose something. */
  public static TableSpec spec(
      int chunkRows, int parallelRanges, ModeSpec mode, RowSpec rows, ShapeSpec shape) {
    return new TableSpec(
        null,
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        Map.of(),
        chunkRows,
        parallelRanges,
        mode,
        rows,
        shape);
  }

  /** The same, beside columns that have one value in each row. */
  public static TableSpec spec(
      Map<String, String> constants,
      int chunkRows,
      int parallelRanges,
      ModeSpec mode,
      RowSpec rows) {
    return new TableSpec(
        null,
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        constants,
        chunkRows,
        parallelRanges,
        mode,
        rows);
  }

  /** An empty database on each of two servers. */
  public TwoSides(TestServer from, TestServer to, TableSpec spec) {
    this(from, to, spec, ConnectionLimits.NONE, ConnectionLimits.NONE);
  }

  /** With limits of the source and of the target. */
  TwoSides(
      TestServer from,
      TestServer to,
      TableSpec spec,
      ConnectionLimits here,
      ConnectionLimits there) {
    this(from, limited(newTarget(from, to), there), spec, here);
  }

  private static ConnectionConfiguration newTarget(TestServer from, TestServer to) {
    assumeTrue(from.available() && to.available(), "set TIDEMARK_TEST_MYSQL_URL to run this");
    return to.newDatabase("there");
  }

  /** Into a target that another source may write too. */
  TwoSides(TestServer from, ConnectionConfiguration target, TableSpec spec) {
    this(from, target, spec, ConnectionLimits.NONE);
  }

  private TwoSides(
      TestServer from, ConnectionConfiguration target, TableSpec spec, ConnectionLimits limits) {
    this.source = limited(from.newDatabase("here"), limits);
    this.target = target;
    this.connections = new Connections(List.of(source, target));
    this.spec = spec;
    this.report = new TableReport(task(), Optional.empty());
  }

  private static ConnectionConfiguration limited(
      ConnectionConfiguration free, ConnectionLimits limits) {
    return new ConnectionConfiguration(
        free.name(),
        free.type(),
        free.jdbcUrl(),
        free.username(),
        free.password(),
        free.schema(),
        free.poolSize(),
        free.readOnly(),
        limits,
        free.maskKey());
  }

  private TableTask task() {
    return new TableTask(
        new TableId("here", source.schema(), read),
        "there",
        TABLE,
        spec,
        RetrySpec.DEFAULT,
        WhenBusy.WAIT,
        true,
        estimatedRows,
        1);
  }

  public void atSource(String... statements) {
    TestServer.execute(source, statements);
  }

  public void atTarget(String... statements) {
    TestServer.execute(target, statements);
  }

  /** From now on every copy belongs to another batch. */
  public void newPass(String name) {
    pass = name;
    run = "run of " + name;
    attempt = 0;
  }

  /** One more attempt; true when it came to the end. */
  public boolean copy(BooleanSupplier stop) throws Exception {
    attempt++;
    copying = Thread.currentThread();
    report = new TableReport(task(), Optional.empty());
    return new TableCopy(
            connections, owner -> state(owner), task(), report, stop, Duration.ofMinutes(1))
        .run(
            new Claimant(
                new Owner("namespace", "workflow", run), pass, "here.item", 1, attempt, false));
  }

  private OwnerState state(Owner owner) {
    return owner.runId().equals(run) ? OwnerState.RUNNING : OwnerState.CLOSED;
  }

  /** An attempt that nobody stops. */
  public void copy() throws Exception {
    assertThat(copy(() -> false)).isTrue();
  }

  /** Whether whoever asks is the first session of a copy, which may be held up. */
  boolean isFirstSession() {
    return Thread.currentThread().equals(copying);
  }

  public RowCounts counts() {
    return report.counts();
  }

  /** Ranges into which the last pass was split. */
  int ranges() throws SQLException {
    return rows(target, "SELECT part FROM tidemark_cursor").size();
  }

  /** Both sides, in the order of a column. */
  void assertEqual(String columns) throws SQLException {
    List<String> here = rows(source, "SELECT " + columns + " FROM item");
    List<String> there = rows(target, "SELECT " + columns + " FROM item");
    assertThat(here).isNotEmpty();
    assertThat(there.stream().sorted().toList()).isEqualTo(here.stream().sorted().toList());
  }

  /** Tables in the target that Tidemark makes to put them in the place of others, and those. */
  List<String> shadows() throws SQLException {
    return rows(
        target,
        "SELECT table_name FROM information_schema.tables WHERE table_schema = '"
            + target.schema()
            + "' AND (table_name LIKE 'tidemark_new%' OR table_name LIKE 'tidemark_old%')");
  }

  /** Rows as texts. */
  public static List<String> rows(ConnectionConfiguration database, String query)
      throws SQLException {
    try (Connection session = TestServer.open(database);
        Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      List<String> rows = new ArrayList<>();
      while (row.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          values.add(row.getString(i));
        }
        rows.add(String.join("|", values.stream().map(String::valueOf).toList()));
      }
      return rows;
    }
  }

  @Override
  public void close() {
    connections.close();
  }
}
