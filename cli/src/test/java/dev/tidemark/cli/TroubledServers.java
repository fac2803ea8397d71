package dev.tidemark.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.cli.client.ApiAddress;
import dev.tidemark.cli.client.ApiClient;
import dev.tidemark.cli.client.StartBatch;
import dev.tidemark.cli.process.FreePort;
import dev.tidemark.cli.role.LocalStack;
import dev.tidemark.cli.role.RoleProcess;
import dev.tidemark.cli.server.EmbeddedMariaDb;
import dev.tidemark.cli.server.EmbeddedPostgres;
import dev.tidemark.cli.server.EmbeddedTemporal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A whole Tidemark whose targets can be put into every trouble: servers that check passwords, users
 * with few rights, disks that are small. The source {@code shop} has a table {@code item}.
 */
public final class TroubledServers implements AutoCloseable {

  /** Rows of {@code item}; some 16 MB. */
  public static final long ROWS = 30_000;

  private static final String SMALL_DISK = "12m";
  private static final String LARGE_DISK = "256m";

  /** A server of targets. */
  public enum Engine {
    POSTGRESQL,
    MARIADB;

    /** At the end of the names of its targets. */
    public String suffix() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final LocalStack stack;
  private final EmbeddedPostgres postgres;
  private final EmbeddedMariaDb mariaDb;
  private final ApiClient client;
  private final List<Path> disks = new ArrayList<>();

  private TroubledServers(Path folder) throws IOException, SQLException {
    StateFolder home = new StateFolder(folder.resolve("state"));
    Path programs = Path.of("target/embedded-programs").toAbsolutePath();
    Files.createDirectories(programs);
    Files.createDirectories(home.path());
    Files.createSymbolicLink(home.binaries(), programs);
    stack = LocalStack.open(home);
    EmbeddedPostgres startedPostgres = EmbeddedPostgres.start(home, 0);
    postgres = stack.add("PostgreSQL", startedPostgres, () -> startedPostgres);
    EmbeddedMariaDb startedMariaDb = EmbeddedMariaDb.start(home, 0);
    mariaDb = stack.add("MariaDB", startedMariaDb, () -> startedMariaDb);
    EmbeddedTemporal temporal = EmbeddedTemporal.start(home, 0, 0, ignored -> {});
    stack.add("Temporal", temporal, () -> temporal);
    stack.useForControl(postgres);
    stack.use(temporal);
    postgres.createDatabase("shop");
    atSource(
        "CREATE TABLE item (id int PRIMARY KEY, name varchar(40), pad text);"
            + " INSERT INTO item SELECT n, 'item ' || n, repeat(md5(n::text), 15)"
            + (" FROM generate_series(1, " + ROWS + ") n; ANALYZE"));
    for (String user : List.of("app", "stranger")) {
      execute(postgres.connect("postgres"), "CREATE ROLE " + user + " LOGIN");
      execute(mariaDb.connect(""), "CREATE USER " + user + "@'%'");
      for (Engine engine : Engine.values()) {
        setPassword(engine, user, password());
      }
    }
    String key = stack.localKey();
    Path configuration = configuration(home);
    int port = FreePort.or(0);
    Map<String, String> environment = new HashMap<>(stack.environment());
    environment.put("APP_PASSWORD", password());
    environment.put("SHOP_PASSWORD", postgres.password());
    stack.startRole(new RoleProcess("worker", configuration, List.of(), environment, home));
    ApiAddress api =
        stack.startApi(
            new RoleProcess(
                "api", configuration, List.of("--port", Integer.toString(port)), environment, home),
            "http://127.0.0.1:" + port);
    client = new ApiClient(new ApiAddress(api.url(), key, "test"));
  }

  /** Starts all of it. */
  public static TroubledServers start(Path folder) throws IOException, SQLException {
    return new TroubledServers(folder);
  }

  private Path configuration(StateFolder home) {
    StringBuilder yaml =
        new StringBuilder(
            """
            connections:
              shop: {url: "%s", username: %s, password: "${SHOP_PASSWORD}"}
            """
                .formatted(postgres.jdbcUrl("shop"), EmbeddedPostgres.USER));
    StringBuilder batches = new StringBuilder("batches:\n");
    for (Engine engine : Engine.values()) {
      for (String name :
          List.of("password", "rights", "readonly", "full", "keys", "missing", "value", "away")) {
        String target = name + "_" + engine.suffix();
        yaml.append(
            "  %s: {url: \"%s\", username: %s, password: \"${APP_PASSWORD}\"}\n"
                .formatted(
                    target,
                    name.equals("away") ? ofNobody(url(engine, target)) : url(engine, target),
                    name.equals("password") ? "stranger" : "app"));
        batches.append(
            """
              %1$s:
                sources: [shop]
                target: %1$s
                chunk-rows: 100
                parallel-ranges: 1
                retry: {maximum-attempts: 1000, initial-interval: 100ms, maximum-interval: 300ms}
            %2$s
            """
                .formatted(
                    target,
                    switch (name) {
                      case "keys" -> "    tables: [visit]\n    table: {visit: {key: [place]}}";
                      case "missing" -> "    tables: [nowhere]";
                      case "value" -> "    tables: [note]";
                      default -> "    tables: [item]";
                    }));
      }
    }
    Path file = home.path().resolve("tidemark.yaml");
    StateFolder.writePrivately(file, yaml.append(batches).toString());
    return file;
  }

  private String url(Engine engine, String database) {
    return engine == Engine.POSTGRESQL ? postgres.jdbcUrl(database) : mariaDb.jdbcUrl(database);
  }

  /** The same on a port where nobody listens. */
  private static String ofNobody(String url) {
    return url.replaceFirst(":\\d+/", ":" + FreePort.or(0) + "/");
  }

  /** Runs a command where nobody sits at a terminal. */
  public CommandRun command(String... arguments) {
    return CommandRun.of(Map.of("TIDEMARK_HOME", stack.home().path().toString()), arguments);
  }

  /** The password that the configuration has for all targets. */
  public String password() {
    return "as-the-configuration-says";
  }

  /** A client of the API. */
  public ApiClient client() {
    return client;
  }

  /** What starts a batch. */
  public StartBatch request(String batch) {
    return new StartBatch(batch, List.of(), List.of(), null);
  }

  /** An empty database that its users may fill. */
  public void createTarget(Engine engine, String name) throws SQLException {
    createTargetWithoutRights(engine, name);
    grant(engine, name);
  }

  /** An empty database in which its users may do nothing. */
  public void createTargetWithoutRights(Engine engine, String name) throws SQLException {
    administer(engine, "CREATE DATABASE " + name);
  }

  /** Lets the users fill a database. */
  public void grant(Engine engine, String name) throws SQLException {
    switch (engine) {
      case POSTGRESQL ->
          atTarget(
              engine,
              name,
              "GRANT ALL ON SCHEMA public TO app; GRANT ALL ON SCHEMA public TO stranger");
      case MARIADB -> {
        administer(engine, "GRANT ALL ON " + name + ".* TO app@'%'");
        administer(engine, "GRANT ALL ON " + name + ".* TO stranger@'%'");
      }
    }
  }

  /** Changes a user's password. */
  public void setPassword(Engine engine, String user, String password) throws SQLException {
    administer(
        engine,
        engine == Engine.POSTGRESQL
            ? "ALTER ROLE " + user + " PASSWORD '" + password + "'"
            : "ALTER USER " + user + "@'%' IDENTIFIED BY '" + password + "'");
  }

  /** Lets a target take no writes any more, or take them again. */
  public void readOnly(Engine engine, String name, boolean on) throws SQLException {
    switch (engine) {
      case POSTGRESQL -> {
        administer(engine, "ALTER DATABASE " + name + " SET default_transaction_read_only = " + on);
        administer(
            engine,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
                + name
                + "'");
      }
      case MARIADB -> administer(engine, "SET GLOBAL read_only = " + on);
    }
  }

  /**
   * Puts a disk into a folder on which the rows do not fit; skips the test where that cannot be.
   */
  public void mountSmallDisk(Path folder) throws IOException, InterruptedException {
    String failure =
        run("mount", "-t", "tmpfs", "-o", "size=" + SMALL_DISK, "tmpfs", folder.toString());
    assumeTrue(failure.isEmpty(), "No small disk can be mounted here: " + failure);
    disks.add(folder);
  }

  /** Gives such a disk enough room. */
  public void enlarge(Path disk) throws IOException, InterruptedException {
    String failure = run("mount", "-o", "remount,size=" + LARGE_DISK, disk.toString());
    if (!failure.isEmpty()) {
      throw new IllegalStateException(failure);
    }
  }

  /** An empty database whose rows will lie on a disk. */
  public void createTargetOn(Engine engine, String name, Path disk)
      throws IOException, SQLException {
    Path place = Files.createDirectory(disk.resolve("rows"));
    switch (engine) {
      case POSTGRESQL -> {
        administer(engine, "CREATE TABLESPACE small LOCATION '" + place + "'");
        administer(engine, "CREATE DATABASE " + name + " TABLESPACE small");
        grant(engine, name);
      }
      case MARIADB -> {
        createTarget(engine, name);
        atTarget(
            engine,
            name,
            "CREATE TABLE item (id int PRIMARY KEY, name varchar(40), pad text) DATA DIRECTORY = '"
                + place
                + "'");
      }
    }
  }

  /** Tables of a target that are not Tidemark's own. */
  public List<String> tables(Engine engine, String name) throws SQLException {
    try (Connection session = connect(engine, name);
        Statement statement = session.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = '"
                    + (engine == Engine.POSTGRESQL ? "public" : name)
                    + "' AND table_name NOT LIKE 'tidemark_%'")) {
      List<String> tables = new ArrayList<>();
      while (row.next()) {
        tables.add(row.getString(1));
      }
      return tables;
    }
  }

  /** Rows that chunks say they have committed. */
  public long committed(Engine engine, String name) throws SQLException {
    return number(engine, name, "SELECT coalesce(sum(rows_read), 0) FROM tidemark_cursor");
  }

  /** Rows of {@code item} that are as the source's. */
  public long copied(Engine engine, String name) throws SQLException {
    return number(
        engine,
        name,
        "SELECT count(*) FROM item WHERE name = concat('item ', id) AND pad = repeat(md5(concat(id)), 15)");
  }

  /** The number that a query of a target gives. */
  public long number(Engine engine, String name, String query) throws SQLException {
    try (Connection session = connect(engine, name);
        Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Changes the source. */
  public void atSource(String sql) throws SQLException {
    execute(postgres.connect("shop"), sql);
  }

  /** Changes a target, as its administrator. */
  public void atTarget(Engine engine, String name, String sql) throws SQLException {
    execute(connect(engine, name), sql);
  }

  private void administer(Engine engine, String sql) throws SQLException {
    execute(connect(engine, engine == Engine.POSTGRESQL ? "postgres" : ""), sql);
  }

  private Connection connect(Engine engine, String database) throws SQLException {
    return switch (engine) {
      case POSTGRESQL -> postgres.connect(database);
      case MARIADB -> mariaDb.connect(database);
    };
  }

  private static void execute(Connection opened, String sql) throws SQLException {
    try (Connection session = opened;
        Statement statement = session.createStatement()) {
      statement.execute(sql);
    }
  }

  /** What a program complained of; empty when it succeeded. */
  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? "" : said.strip() + " (exit code " + process.exitValue() + ")";
  }

  @Override
  public void close() {
    client.close();
    stack.close();
    try {
      for (Path disk : disks) {
        String ignored = run("umount", disk.toString());
      }
      Files.delete(stack.home().binaries());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
