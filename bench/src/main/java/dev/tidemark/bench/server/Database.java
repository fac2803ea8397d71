package dev.tidemark.bench.server;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.connection.Sessions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * A database to measure on.
 *
 * @param name its name in the configuration
 * @param database its name on the server
 */
public record Database(
    String name, DatabaseType type, String url, String username, String password, String database) {

  private static final Duration SETTLING = Duration.ofSeconds(30);
  private static final long SETTLED = 20;

  /** A session as Tidemark's own are. */
  public Connection open() throws SQLException {
    return Sessions.open(configuration(), Duration.ofSeconds(10));
  }

  /** As {@link #open}, for a session that will load data. */
  public Connection openToLoad() throws SQLException {
    return Sessions.openToLoad(configuration(), Duration.ofSeconds(10));
  }

  /** Runs statements, each on its own. */
  public void execute(String... statements) throws SQLException {
    try (Connection session = open();
        Statement statement = session.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /**
   * Waits until the server has cleaned up behind what ran before, so that the next measurement does
   * not pay for it.
   */
  public void settle() throws SQLException {
    if (type == DatabaseType.POSTGRESQL) {
      execute("CHECKPOINT");
      return;
    }
    String purge =
        "SELECT count FROM information_schema.innodb_metrics WHERE name = 'trx_rseg_history_len'";
    long deadline = System.nanoTime() + SETTLING.toNanos();
    try (Connection session = open();
        Statement statement = session.createStatement()) {
      long left = Long.MAX_VALUE;
      while (left > SETTLED && System.nanoTime() < deadline) {
        LockSupport.parkNanos(50_000_000);
        try (ResultSet row = statement.executeQuery(purge)) {
          left = row.next() ? row.getLong(1) : 0;
        }
      }
    }
  }

  /** How Tidemark sees it. */
  public ConnectionConfiguration configuration() {
    return new ConnectionConfiguration(
        name,
        type,
        url,
        username,
        password,
        type == DatabaseType.POSTGRESQL ? "public" : database,
        ConnectionConfiguration.DEFAULT_POOL_SIZE,
        false);
  }

  /** Its entry under {@code connections:}. */
  String yaml() {
    return """
      %s:
        type: %s
        url: "%s"
        username: %s
        password: "%s"
    """
        .formatted(name, type.name().toLowerCase(Locale.ROOT), url, username, password);
  }

  @Override
  public String toString() {
    return name;
  }
}
