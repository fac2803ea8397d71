package dev.tidemark.connect.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.SyncException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All configured connections of a process, each with a pool that is opened when first used.
 *
 * <p>Sessions from here speak UTC and UTF-8, and are in auto-commit mode when they are handed out.
 */
public final class Connections implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final Map<String, ConnectionConfiguration> configurations;
  private final Map<String, HikariDataSource> pools = new ConcurrentHashMap<>();

  public Connections(Collection<ConnectionConfiguration> configurations) {
    Map<String, ConnectionConfiguration> byName = new LinkedHashMap<>();
    configurations.forEach(configuration -> byName.put(configuration.name(), configuration));
    this.configurations = Map.copyOf(byName);
  }

  /**
   * The configuration of a connection.
   *
   * @throws SyncException UNKNOWN_CONNECTION when there is none of this name
   */
  public ConnectionConfiguration configuration(String name) {
    ConnectionConfiguration configuration = configurations.get(name);
    if (configuration == null) {
      throw new SyncException(
          ErrorCode.UNKNOWN_CONNECTION,
          "There is no connection " + name + " in the configuration.",
          Failures.remedy(ErrorCode.UNKNOWN_CONNECTION));
    }
    return configuration;
  }

  /**
   * A session, to be closed by the caller.
   *
   * @throws SQLException when the database cannot be reached or refuses
   */
  public Connection open(String name) throws SQLException {
    ConnectionConfiguration configuration = configuration(name);
    return pools.computeIfAbsent(name, ignored -> pool(configuration)).getConnection();
  }

  /** Closes a session for good, for one whose state is in doubt; the pool opens another. */
  public void discard(String name, Connection session) {
    HikariDataSource pool = pools.get(name);
    if (pool != null) {
      pool.evictConnection(session);
    }
  }

  /** Looks at one connection with a session of its own, so that an exhausted pool does not lie. */
  public ConnectionHealth health(String name) {
    ConnectionConfiguration configuration = configuration(name);
    try (Connection session = Sessions.open(configuration, Duration.ofSeconds(3))) {
      String version =
          session.getMetaData().getDatabaseProductName()
              + " "
              + session.getMetaData().getDatabaseProductVersion();
      long start = System.nanoTime();
      if (!session.isValid(3)) {
        throw new SQLException("the session is not valid", "08006");
      }
      Duration latency = Duration.ofNanos(System.nanoTime() - start);
      return new ConnectionHealth(name, configuration.type(), version, latency, null, null, null);
    } catch (SQLException | RuntimeException e) {
      SyncException explained = Failures.explain("connecting to " + name, e);
      return new ConnectionHealth(
          name,
          configuration.type(),
          null,
          null,
          explained.code(),
          explained.getMessage(),
          explained.remedy());
    }
  }

  private static HikariDataSource pool(ConnectionConfiguration configuration) {
    HikariConfig hikari = new HikariConfig();
    hikari.setPoolName(configuration.name());
    hikari.setJdbcUrl(Sessions.url(configuration));
    hikari.setDataSourceProperties(Sessions.properties(configuration, CONNECT_TIMEOUT));
    hikari.setMaximumPoolSize(configuration.poolSize());
    hikari.setMinimumIdle(0);
    hikari.setInitializationFailTimeout(-1);
    hikari.setConnectionTimeout(CONNECT_TIMEOUT.plusSeconds(5).toMillis());
    hikari.setIdleTimeout(Duration.ofMinutes(1).toMillis());
    return new HikariDataSource(hikari);
  }

  @Override
  public void close() {
    pools.values().forEach(HikariDataSource::close);
    pools.clear();
  }
}
