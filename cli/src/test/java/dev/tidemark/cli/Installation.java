package dev.tidemark.cli;

import dev.tidemark.cli.client.ApiAddress;
import dev.tidemark.cli.process.FreePort;
import dev.tidemark.cli.role.LocalStack;
import dev.tidemark.cli.role.RoleProcess;
import dev.tidemark.cli.server.EmbeddedMariaDb;
import dev.tidemark.cli.server.EmbeddedPostgres;
import dev.tidemark.cli.server.EmbeddedTemporal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A whole Tidemark with real servers and processes: branches in PostgreSQL, of which one goes
 * offline as told, a dashboard in MariaDB, Temporal, an API and a worker.
 */
public final class Installation implements AutoCloseable {

  /** The branch whose server can be stopped. */
  public static final String OFFLINE = "pgsql_offline";

  private static final List<String> BRANCHES = List.of("pgsql_lmp", "pgsql_sby", OFFLINE);

  private final LocalStack stack;
  private final StateFolder offlineHome;
  private final EmbeddedPostgres postgres;
  private final EmbeddedMariaDb mariaDb;
  private final ApiAddress api;
  private EmbeddedPostgres offline;

  private Installation(Path folder, int invoices) throws SQLException {
    stack = LocalStack.open(home(folder.resolve("state")));
    offlineHome = home(folder.resolve("offline"));
    postgres = EmbeddedPostgres.start(stack.home(), 0);
    stack.add("PostgreSQL", postgres, () -> postgres);
    mariaDb = EmbeddedMariaDb.start(stack.home(), 0);
    stack.add("MariaDB", mariaDb, () -> mariaDb);
    EmbeddedTemporal temporal = EmbeddedTemporal.start(stack.home(), 0, 0, ignored -> {});
    stack.add("Temporal", temporal, () -> temporal);
    offline = EmbeddedPostgres.start(offlineHome, 0);
    stack.useForControl(postgres);
    stack.use(temporal);
    fill("pgsql_lmp", invoices);
    fill("pgsql_sby", 100);
    fill(OFFLINE, 100);
    mariaDb.createDatabase("dashboard");
    api = startRoles();
  }

  /**
   * Starts all of it.
   *
   * @param invoices rows of c_invoice in pgsql_lmp, which are copied in chunks of 250
   */
  public static Installation start(Path folder, int invoices) throws SQLException {
    return new Installation(folder, invoices);
  }

  /** The tests of a build share the unpacked programs. */
  private static StateFolder home(Path folder) {
    Path programs = Path.of("target/embedded-programs").toAbsolutePath();
    StateFolder home = new StateFolder(folder);
    try {
      Files.createDirectories(programs);
      Files.createDirectories(home.path());
      Files.createSymbolicLink(home.binaries(), programs);
      return home;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void fill(String branch, int invoices) throws SQLException {
    server(branch).createDatabase(branch);
    try (Connection connection = server(branch).connect(branch);
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE ad_org (ad_org_id bigint PRIMARY KEY, name text NOT NULL);
          CREATE TABLE m_product (m_product_id bigint PRIMARY KEY, price numeric(14, 4));
          CREATE TABLE c_invoice (c_invoice_id bigint PRIMARY KEY, total numeric(18, 2), note text);
          INSERT INTO ad_org SELECT n, '%1$s ☕ ' || n FROM generate_series(1, 12) AS n;
          INSERT INTO m_product SELECT n, n / 8.0 FROM generate_series(1, 500) AS n;
          INSERT INTO c_invoice SELECT n, n / 4.0, '%1$s ' || n FROM generate_series(1, %2$d) AS n;
          ANALYZE;
          """
              .formatted(branch, invoices));
    }
  }

  private EmbeddedPostgres server(String branch) {
    return branch.equals(OFFLINE) ? offline : postgres;
  }

  private ApiAddress startRoles() {
    Path configuration = configuration();
    stack.localKey();
    int port = FreePort.or(0);
    Map<String, String> environment = new HashMap<>(stack.environment());
    environment.put("BRANCH_PASSWORD", postgres.password());
    environment.put("OFFLINE_PASSWORD", offline.password());
    environment.put("DASHBOARD_PASSWORD", mariaDb.password());
    stack.startRole(new RoleProcess("worker", configuration, List.of(), environment, stack.home()));
    List<String> options = List.of("--port", Integer.toString(port));
    return stack.startApi(
        new RoleProcess("api", configuration, options, environment, stack.home()),
        "http://127.0.0.1:" + port);
  }

  private Path configuration() {
    StringBuilder yaml = new StringBuilder("connections:\n");
    for (String branch : BRANCHES) {
      yaml.append(
          "  %s: {url: \"%s\", username: %s, password: \"${%s}\", read-only: true}\n"
              .formatted(
                  branch,
                  server(branch).jdbcUrl(branch),
                  EmbeddedPostgres.USER,
                  branch.equals(OFFLINE) ? "OFFLINE_PASSWORD" : "BRANCH_PASSWORD"));
    }
    yaml.append(
        """
          dashboard: {url: "%s", username: %s, password: "${DASHBOARD_PASSWORD}"}
        batches:
          branches:
            sources:
        """
            .formatted(mariaDb.jdbcUrl("dashboard"), EmbeddedMariaDb.USER));
    for (String branch : BRANCHES) {
      yaml.append("      - {connection: %1$s, constants: {branch: %1$s}}\n".formatted(branch));
    }
    yaml.append(
        """
            target: dashboard
            tables: "*"
            retry: {maximum-attempts: 2, initial-interval: 200ms, maximum-interval: 1s}
            table:
              c_invoice: {chunk-rows: 250}
              m_product: {dead-letters: 10}
              shift_note: {mode: replace}
        """);
    Path file = stack.home().path().resolve("tidemark.yaml");
    StateFolder.writePrivately(file, yaml.toString());
    return file;
  }

  /** How a client reaches the API, with the key of this machine, which is an admin's. */
  public ApiAddress api() {
    return api;
  }

  /** Runs a command where nobody sits at a terminal. */
  public CommandRun run(String... arguments) {
    return CommandRun.of(Map.of("TIDEMARK_HOME", stack.home().path().toString()), arguments);
  }

  /** Starts a command as a process of its own, its output going to a file. */
  public Process start(Path output, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    // What a shell starts in the background ignores SIGINT, and so do its children.
    command.addAll(List.of("env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Tidemark.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("TIDEMARK_HOME", stack.home().path().toString());
    return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
  }

  /** Stops the server of {@link #OFFLINE}. */
  public void goOffline() {
    offline.stop();
  }

  /** Starts the server of {@link #OFFLINE} again. */
  public void goOnline() {
    if (!offline.isAlive()) {
      offline = EmbeddedPostgres.start(offlineHome, offline.port());
    }
  }

  /** Rows that the dashboard holds of a branch's table. */
  public long copied(String branch, String table) throws SQLException {
    return Long.parseLong(
        mariaDb("SELECT count(*) FROM %s WHERE branch = '%s'".formatted(table, branch)));
  }

  /** Takes a table out of the dashboard, so that the next batch copies it from its first row. */
  public void dropCopies(String table) throws SQLException {
    try (Connection connection = mariaDb.connect("dashboard");
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS " + table);
    }
  }

  /**
   * Lets no further chunk of a table commit until it is closed. It reads first and locks by key: a
   * scan that locks keeps each row it had to wait for, and so would hold other tables too.
   */
  public Connection holdCopies(String table) throws SQLException {
    Connection connection = mariaDb.connect("dashboard");
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement();
        PreparedStatement lock =
            connection.prepareStatement(
                "SELECT 1 FROM tidemark_slice WHERE table_name = ? AND slice = ? FOR UPDATE");
        ResultSet slice =
            statement.executeQuery(
                "SELECT table_name, slice FROM tidemark_slice WHERE table_name LIKE '%"
                    + table
                    + "'")) {
      while (slice.next()) {
        lock.setString(1, slice.getString(1));
        lock.setString(2, slice.getString(2));
        lock.execute();
      }
    }
    return connection;
  }

  private String mariaDb(String query) throws SQLException {
    try (Connection connection = mariaDb.connect("dashboard")) {
      return first(connection, query);
    }
  }

  /** The first value that a query of the control database gives. */
  public String archived(String query) throws SQLException {
    try (Connection connection = postgres.connect("tidemark")) {
      return first(connection, query);
    }
  }

  private static String first(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    }
  }

  /** Changes a branch. */
  public void change(String branch, String sql) throws SQLException {
    try (Connection connection = server(branch).connect(branch);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    stack.close();
    offline.stop();
    try {
      Files.delete(stack.home().binaries());
      Files.delete(offlineHome.binaries());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
