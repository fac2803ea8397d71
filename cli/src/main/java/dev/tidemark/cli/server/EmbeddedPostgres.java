package dev.tidemark.cli.server;

import dev.tidemark.cli.StateFolder;
import dev.tidemark.cli.process.ChildProcess;
import dev.tidemark.cli.process.Readiness;
import dev.tidemark.cli.process.StopSignal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** PostgreSQL 18, set up so that its changes can be followed. */
public final class EmbeddedPostgres extends EmbeddedServer {

  public static final String USER = "tidemark";

  private static final String SECRET = "postgres-password";

  private final String password;

  private EmbeddedPostgres(ChildProcess process, int port, String password) {
    super(process, port);
    this.password = password;
  }

  /**
   * Starts the server of a state folder; its first start creates the data.
   *
   * @param port port to listen on; 0 takes the last one, or a free one
   */
  public static EmbeddedPostgres start(StateFolder home, int port) {
    Path programs = Unpacking.archive(resource(), home.binaries().resolve("postgresql-18"));
    String password = home.secret(SECRET);
    Path data = home.postgres();
    if (!Files.exists(data.resolve("PG_VERSION"))) {
      createData(programs, data, home);
    }
    int chosen = Ports.choose(home, "postgresql", port);
    List<String> command = new ArrayList<>(Account.withoutRoot());
    command.add(programs.resolve("bin/postgres").toString());
    command.addAll(List.of("-D", data.toString(), "-p", Integer.toString(chosen)));
    for (String setting :
        List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "wal_level=logical",
            "synchronous_commit=on",
            "max_connections=200",
            "max_wal_size=2GB")) {
      command.addAll(List.of("-c", setting));
    }
    ChildProcess process =
        ChildProcess.start(
            "PostgreSQL", command, Map.of("LC_ALL", "C"), StopSignal.INT, home.log("postgresql"));
    EmbeddedPostgres server = new EmbeddedPostgres(process, chosen, password);
    Readiness.await(process, START_PATIENCE, server::answers);
    return server;
  }

  private static String resource() {
    String architecture = System.getProperty("os.arch");
    boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
    String machine = architecture.equals("aarch64") ? "arm_64" : "x86_64";
    return "postgres-" + (mac ? "darwin" : "linux") + "-" + machine + ".txz";
  }

  private static void createData(Path programs, Path data, StateFolder home) {
    List<String> command = new ArrayList<>(Account.withoutRoot());
    command.addAll(
        List.of(
            programs.resolve("bin/initdb").toString(),
            "--pgdata=" + data,
            "--username=" + USER,
            "--pwfile=" + home.path().resolve(SECRET),
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8"));
    Programs.run("initdb", command, home.log("initdb"));
  }

  private boolean answers() throws SQLException {
    try (Connection connection = connect("postgres")) {
      return connection.isValid(3);
    }
  }

  /** A session on one of its databases. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database), USER, password);
  }

  /** Creates a database unless it exists. */
  public void createDatabase(String name) throws SQLException {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      String literal = statement.enquoteLiteral(name);
      try (ResultSet found =
          statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = " + literal)) {
        if (found.next()) {
          return;
        }
      }
      statement.execute("CREATE DATABASE " + statement.enquoteIdentifier(name, true));
    }
  }

  public String jdbcUrl(String database) {
    return "jdbc:postgresql://" + address() + "/" + database;
  }

  /** The password of {@link #USER}. */
  public String password() {
    return password;
  }
}
