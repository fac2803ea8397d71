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
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * All configured connections of a process, each with a pool that is opened when first used.
 *
 * <p>Sessions from here speak UTC and UTF-8, and are in auto-commit mode when they are handed out.
 */
public final class Connections implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration LOOK_AROUND = Duration.ofMillis(200);

  /** Sessions of one connection, and the right to open one. */
  private record Pool(HikariDataSource sessions, Semaphore seats) {}

  private final Map<String, ConnectionConfiguration> configurations;
  private final Map<String, Pool> pools = new ConcurrentHashMap<>();

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
   * Reserves a session of each of these connections, so that no more are open than each allows.
   * Waits for them as long as it takes; whoever needs several asks for them at once, and so no two
   * wait for each other.
   *
   * @param names a name may stand there more than once
   * @param giveUp asked while waiting
   * @return empty when it was given up
   */
  public Optional<Lease> lease(List<String> names, BooleanSupplier giveUp)
      throws InterruptedException {
    List<Semaphore> held = new ArrayList<>();
    for (String name : names.stream().sorted().toList()) {
      Semaphore seats = pool(name).seats();
      while (!seats.tryAcquire(LOOK_AROUND.toMillis(), TimeUnit.MILLISECONDS)) {
        if (giveUp.getAsBoolean()) {
          held.forEach(Semaphore::release);
          return Optional.empty();
        }
      }
      held.add(seats);
    }
    return Optional.of(new Lease(this, held));
  }

  /**
   * A session, to be closed by the caller, who holds no others.
   *
   * @throws SQLException when the database cannot be reached or refuses
   */
  public Connection open(String name) throws SQLException {
    return pool(name).sessions().getConnection();
  }

  private Pool pool(String name) {
    ConnectionConfiguration configuration = configuration(name);
    return pools.computeIfAbsent(
        name,
        ignored -> new Pool(pool(configuration), new Semaphore(configuration.poolSize(), true)));
  }

  /** Closes a session for good, for one whose state is in doubt; the pool opens another. */
  public void discard(String name, Connection session) {
    pool(name).sessions().evictConnection(session);
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
    // One more than can be leased: short looks at a catalog need not wait for long copies.
    hikari.setMaximumPoolSize(configuration.poolSize() + 1);
    hikari.setMinimumIdle(0);
    hikari.setInitializationFailTimeout(-1);
    hikari.setConnectionTimeout(CONNECT_TIMEOUT.plusSeconds(1).toMillis());
    hikari.setIdleTimeout(Duration.ofMinutes(1).toMillis());
    return new HikariDataSource(hikari);
  }

  @Override
  public void close() {
    pools.values().forEach(pool -> pool.sessions().close());
    pools.clear();
  }
}
