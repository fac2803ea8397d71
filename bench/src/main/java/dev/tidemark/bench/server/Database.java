package dev.tidemark.bench.server;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.connection.Sessions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;

/**
 * A database to measure on.
 *
 * @param name its name in the configuration
 * @param database its name on the server
 */
public record Database(
    String name, DatabaseType type, String url, String username, String password, String database) {

  /** A session as Tidemark's own are. */
  public Connection open() throws SQLException {
    return Sessions.open(configuration(), Duration.ofSeconds(10));
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
