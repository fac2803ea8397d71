package dev.tidemark.bench.server;

import dev.tidemark.cli.StateFolder;
import dev.tidemark.cli.server.EmbeddedMariaDb;
import dev.tidemark.cli.server.EmbeddedPostgres;
import dev.tidemark.cli.server.EmbeddedTemporal;
import dev.tidemark.connect.configuration.ConfigurationLoader;
import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** The embedded servers, with the settings that the demonstration uses too. */
public final class Servers implements AutoCloseable {

  private final StateFolder home;
  private final EmbeddedPostgres postgres;
  private final EmbeddedTemporal temporal;
  private EmbeddedMariaDb mariaDb;

  private Servers(
      StateFolder home,
      EmbeddedPostgres postgres,
      EmbeddedMariaDb mariaDb,
      EmbeddedTemporal temporal) {
    this.home = home;
    this.postgres = postgres;
    this.mariaDb = mariaDb;
    this.temporal = temporal;
  }

  /** Starts all three; Temporal without the runs of earlier benchmarks. */
  public static Servers start(StateFolder home) throws IOException {
    Files.createDirectories(home.path());
    for (String suffix : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(home.temporalDatabase().resolveSibling("temporal.db" + suffix));
    }
    EmbeddedPostgres postgres = EmbeddedPostgres.start(home, 0);
    EmbeddedMariaDb mariaDb = EmbeddedMariaDb.start(home, 0);
    EmbeddedTemporal temporal = EmbeddedTemporal.start(home, 0, 0, System.err::println);
    return new Servers(home, postgres, mariaDb, temporal);
  }

  /** An empty database of the embedded PostgreSQL. */
  public Database postgres(String name) throws SQLException {
    try (Connection connection = postgres.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
      statement.execute("CREATE DATABASE " + name);
    }
    return new Database(
        name,
        DatabaseType.POSTGRESQL,
        postgres.jdbcUrl(name),
        EmbeddedPostgres.USER,
        postgres.password(),
        name);
  }

  /** An empty database of the embedded MariaDB. */
  public Database mariaDb(String name) throws SQLException {
    try (Connection connection = mariaDb.connect("")) {
      recreate(connection, name);
    }
    return new Database(
        name,
        DatabaseType.MARIADB,
        mariaDb.jdbcUrl(name),
        EmbeddedMariaDb.USER,
        mariaDb.password(),
        name);
  }

  /** An empty database of a MySQL server that runs already, of root without a password. */
  public static Database mysql(String name, String url) throws SQLException {
    int path = url.indexOf('/', "jdbc:mysql://".length());
    String server = url.substring(0, path + 1);
    String parameters = "?sslMode=PREFERRED&allowPublicKeyRetrieval=true";
    try (Connection connection = DriverManager.getConnection(server + parameters, "root", "")) {
      recreate(connection, name);
    }
    return new Database(name, DatabaseType.MYSQL, server + name + parameters, "root", "", name);
  }

  /** Kills the MariaDB with SIGKILL, as a power cut would, and starts it again on its port. */
  public void killMariaDb() {
    mariaDb.kill();
    mariaDb = EmbeddedMariaDb.start(home, mariaDb.port());
  }

  private static void recreate(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + name);
      statement.execute("CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
    }
  }

  /**
   * A configuration that says nothing of the databases but how to reach them.
   *
   * @param batches the text under {@code batches:}
   */
  public TidemarkConfiguration configuration(List<Database> databases, String batches)
      throws SQLException {
    Database control = postgres("control");
    return new ConfigurationLoader(
            Map.of(
                ConfigurationLoader.CONTROL_URL,
                control.url(),
                ConfigurationLoader.CONTROL_USERNAME,
                control.username(),
                ConfigurationLoader.CONTROL_PASSWORD,
                control.password(),
                ConfigurationLoader.TEMPORAL_ADDRESS,
                temporal.address()))
        .parse("the benchmark's configuration", yaml(databases, batches));
  }

  private static String yaml(List<Database> databases, String batches) {
    StringBuilder yaml = new StringBuilder("connections:\n");
    databases.forEach(database -> yaml.append(database.yaml()));
    return yaml.append("batches:\n").append(batches).toString();
  }

  /**
   * An API and a worker in processes of their own.
   *
   * @param batches the text under {@code batches:}
   * @param ofWorker variables of the worker's environment
   */
  public Roles roles(List<Database> databases, String batches, Map<String, String> ofWorker)
      throws SQLException {
    return Roles.start(home, postgres, temporal, yaml(databases, batches), ofWorker);
  }

  @Override
  public void close() {
    temporal.close();
    mariaDb.close();
    postgres.close();
  }
}
