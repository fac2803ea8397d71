package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.cli.client.ApiAddress;
import dev.tidemark.cli.process.FreePort;
import dev.tidemark.cli.role.LocalStack;
import dev.tidemark.cli.role.RoleProcess;
import dev.tidemark.cli.server.EmbeddedMariaDb;
import dev.tidemark.cli.server.EmbeddedPostgres;
import dev.tidemark.cli.server.EmbeddedTemporal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users that have exactly the rights of {@code docs/rights.md} can do all that it says. */
class RightsIT {

  private static final String PASSWORD = "Change-me-1";
  private static final String SHOP = "rights_shop_" + ProcessHandle.current().pid();
  private static final String DASHBOARD = "rights_board_" + ProcessHandle.current().pid();
  private static final String READER = "rights_reader_" + ProcessHandle.current().pid();
  private static final String WRITER = "rights_writer_" + ProcessHandle.current().pid();

  /** Tables of a source, copied by changes, by differences and as a whole. */
  private static final List<String> TABLES = List.of("item", "part", "whole");

  /** A server with a source and a target. */
  enum Server {
    POSTGRESQL,
    MARIADB,
    MYSQL;

    boolean available() {
      return this != MYSQL || System.getenv("TIDEMARK_TEST_MYSQL_URL") != null;
    }
  }

  @TempDir private static Path folder;
  private static @Nullable LocalStack stack;
  private static EmbeddedPostgres postgres;
  private static EmbeddedMariaDb mariaDb;
  private static ApiAddress api;

  @BeforeAll
  static void start() throws Exception {
    StateFolder home = new StateFolder(folder.resolve("state"));
    Path programs = Path.of("target/embedded-programs").toAbsolutePath();
    Files.createDirectories(programs);
    Files.createDirectories(home.path());
    Files.createSymbolicLink(home.binaries(), programs);
    LocalStack opened = LocalStack.open(home);
    stack = opened;
    EmbeddedPostgres startedPostgres = EmbeddedPostgres.start(home, 0);
    postgres = opened.add("PostgreSQL", startedPostgres, () -> startedPostgres);
    EmbeddedMariaDb startedMariaDb = EmbeddedMariaDb.start(home, 0);
    mariaDb = opened.add("MariaDB", startedMariaDb, () -> startedMariaDb);
    EmbeddedTemporal temporal = EmbeddedTemporal.start(home, 0, 0, ignored -> {});
    opened.add("Temporal", temporal, () -> temporal);
    opened.useForControl(postgres);
    opened.use(temporal);
    for (Server server : servers()) {
      prepare(server);
    }
    opened.localKey();
    Path configuration = home.path().resolve("tidemark.yaml");
    StateFolder.writePrivately(configuration, configuration());
    int port = FreePort.or(0);
    Map<String, String> environment = new HashMap<>(opened.environment());
    environment.put("THE_PASSWORD", PASSWORD);
    opened.startRole(new RoleProcess("worker", configuration, List.of(), environment, home));
    api =
        opened.startApi(
            new RoleProcess(
                "api", configuration, List.of("--port", Integer.toString(port)), environment, home),
            "http://127.0.0.1:" + port);
  }

  @AfterAll
  static void stop() throws Exception {
    if (stack != null) {
      stack.close();
    }
    if (Server.MYSQL.available()) {
      execute(
          Server.MYSQL,
          "",
          "DROP DATABASE IF EXISTS " + SHOP,
          "DROP DATABASE IF EXISTS " + DASHBOARD,
          "DROP USER IF EXISTS " + READER,
          "DROP USER IF EXISTS " + WRITER);
    }
  }

  private static List<Server> servers() {
    return Arrays.stream(Server.values()).filter(Server::available).toList();
  }

  private static void prepare(Server server) throws Exception {
    boolean isPostgres = server == Server.POSTGRESQL;
    execute(server, "", "CREATE DATABASE " + SHOP, "CREATE DATABASE " + DASHBOARD);
    for (String table : TABLES) {
      execute(
          server,
          SHOP,
          "CREATE TABLE "
              + table
              + " (id int PRIMARY KEY, code varchar(20) NOT NULL UNIQUE, changed "
              + (isPostgres ? "timestamptz" : "timestamp(6)")
              + " NOT NULL)",
          "INSERT INTO "
              + table
              + " VALUES (1, 'one', '2025-01-01'), (2, 'two', '2025-01-01'),"
              + " (3, 'three', '2025-01-01')");
    }
    execute(server, SHOP, "CREATE VIEW seen AS SELECT id, code FROM item");
    String name = isPostgres ? "PostgreSQL" : "MySQL and MariaDB";
    execute(server, SHOP, statements(name + " reader"));
    execute(server, DASHBOARD, statements(name + " writer"));
  }

  /** The statements under a heading of the page, with names of this test. */
  private static String[] statements(String heading) throws IOException {
    String page = Files.readString(Path.of("../docs/rights.md"));
    int start = page.indexOf("\n### " + heading + "\n");
    assertThat(start).as(heading).isPositive();
    Matcher block =
        Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL)
            .matcher(page)
            .region(start, page.length());
    assertThat(block.find()).isTrue();
    return Arrays.stream(block.group(1).split(";\\s*"))
        .map(String::strip)
        .filter(sql -> !sql.isEmpty())
        .map(
            sql ->
                sql.replaceAll("\\bshop\\b", SHOP)
                    .replaceAll("\\bdashboard\\b", DASHBOARD)
                    .replace("tidemark_reader", READER)
                    .replace("tidemark_writer", WRITER))
        .toArray(String[]::new);
  }

  private static String configuration() {
    StringBuilder connections = new StringBuilder("connections:\n");
    StringBuilder batches = new StringBuilder("batches:\n");
    for (Server server : servers()) {
      connections.append(connection("from_" + server, url(server, SHOP), READER));
      connections.append(connection("to_" + server, url(server, DASHBOARD), WRITER));
      for (Server target : servers()) {
        batches.append(
            """
              %1$s_%2$s:
                sources: [from_%1$s]
                target: to_%2$s
                tables: ["*", seen]
                table:
                  seen: {key: [id], target: seen_of_%3$s}
                  item: {mode: incremental, change-column: changed, target: item_of_%3$s}
                  part: {mode: diff, deletes: hard, target: part_of_%3$s}
                  whole: {mode: replace, target: whole_of_%3$s}
            """
                .formatted(server, target, server.name().toLowerCase(Locale.ROOT)));
      }
    }
    return connections.append(batches).toString();
  }

  private static String connection(String name, String url, String user) {
    return "  %s: {url: \"%s\", username: %s, password: \"${THE_PASSWORD}\"}\n"
        .formatted(name, url, user);
  }

  private static String url(Server server, String database) {
    return switch (server) {
      case POSTGRESQL -> postgres.jdbcUrl(database);
      case MARIADB -> mariaDb.jdbcUrl(database);
      case MYSQL -> {
        String url = System.getenv("TIDEMARK_TEST_MYSQL_URL");
        int path = url.indexOf('/', "jdbc:mysql://".length());
        yield url.substring(0, path + 1) + database + "?sslMode=PREFERRED";
      }
    };
  }

  /** As the server's administrator. */
  private static void execute(Server server, String database, String... statements)
      throws SQLException {
    try (Connection session = administer(server, database);
        Statement statement = session.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static Connection administer(Server server, String database) throws SQLException {
    return switch (server) {
      case POSTGRESQL -> postgres.connect(database.isEmpty() ? "postgres" : database);
      case MARIADB -> mariaDb.connect(database);
      case MYSQL -> DriverManager.getConnection(url(server, database), "root", "");
    };
  }

  private static CommandRun run(String... arguments) {
    return CommandRun.of(
        Map.of("TIDEMARK_URL", api.url(), "TIDEMARK_API_KEY", String.valueOf(api.key())),
        arguments);
  }

  @ParameterizedTest
  @CsvSource({
    "POSTGRESQL, POSTGRESQL",
    "POSTGRESQL, MARIADB",
    "POSTGRESQL, MYSQL",
    "MARIADB, POSTGRESQL",
    "MYSQL, POSTGRESQL",
    "MARIADB, MARIADB",
    "MYSQL, MYSQL"
  })
  void areEnoughForPlansCopiesAndRowsThatExchangeValues(Server from, Server to) throws Exception {
    assumeTrue(from.available() && to.available(), "set TIDEMARK_TEST_MYSQL_URL to run this");
    String batch = from + "_" + to;

    CommandRun plan = run("plan", batch);
    assertThat(plan.exitCode()).as(plan.out() + plan.err()).isZero();
    assertThat(plan.out()).contains("unique (code)").doesNotContain("lacks", "takes no LOAD DATA");
    copied(batch);

    List<String> exchange = new ArrayList<>();
    for (String table : TABLES) {
      exchange.add("UPDATE " + table + " SET code = concat('x', code) WHERE id < 3");
      exchange.add(
          "UPDATE "
              + table
              + " SET code = CASE code WHEN 'xone' THEN 'two' ELSE 'one' END, changed = now()"
              + " WHERE id < 3");
    }
    execute(from, SHOP, exchange.toArray(String[]::new));
    try (Connection another = administer(from, SHOP)) {
      assertThat(another.isValid(5)).as("somebody else is connected").isTrue();
      copied(batch);
    }
    CommandRun verified = run("verify", batch);
    assertThat(verified.exitCode()).as(verified.out() + verified.err()).isZero();
    assertThat(verified.out()).contains("All 4 tables are equal.");
  }

  private static void copied(String batch) {
    CommandRun copy = run("sync-all", "--batch", batch);
    assertThat(copy.exitCode()).as(copy.out() + copy.err()).isZero();
  }

  @Test
  void thePageNamesNoRightTwice() throws IOException {
    for (String heading :
        List.of(
            "PostgreSQL reader",
            "PostgreSQL writer",
            "MySQL and MariaDB reader",
            "MySQL and MariaDB writer")) {
      assertThat(statements(heading)).doesNotHaveDuplicates().hasSizeGreaterThan(2);
    }
  }
}
