package dev.tidemark.connect.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.SyncException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All configured connections of a process, each with a pool that is opened when first used.
 *
 * <p>Sessions from here speak UTC and UTF-8, and are in auto-commit mode when they are handed out.
 */
public final class Connections implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration LOOK_AROUND = Duration.ofMillis(200);

  private final Map<String, ConnectionConfiguration> configurations;
  private final Map<String, HikariDataSource> reading = new ConcurrentHashMap<>();
  private final Map<String, HikariDataSource> loading = new ConcurrentHashMap<>();
  private final Map<String, Semaphore> seats = new ConcurrentHashMap<>();
  private final Map<String, RateLimit> limits = new ConcurrentHashMap<>();

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
    Map<Semaphore, Integer> held = new LinkedHashMap<>();
    boolean complete = false;
    try {
      Map<String, Integer> wanted = new TreeMap<>();
      names.forEach(name -> wanted.merge(name, 1, Integer::sum));
      for (Map.Entry<String, Integer> entry : wanted.entrySet()) {
        Semaphore seats = seats(entry.getKey());
        while (!seats.tryAcquire(entry.getValue(), LOOK_AROUND.toMillis(), TimeUnit.MILLISECONDS)) {
          if (giveUp.getAsBoolean()) {
            return Optional.empty();
          }
        }
        held.put(seats, entry.getValue());
      }
      complete = true;
      return Optional.of(new Lease(this, held));
    } finally {
      if (!complete) {
        held.forEach(Semaphore::release);
      }
    }
  }

  /** As {@link #lease}, without waiting: empty when not all are free, or when others wait. */
  public Optional<Lease> leaseNow(List<String> names) {
    if (wanted(names)) {
      return Optional.empty();
    }
    Map<Semaphore, Integer> held = new LinkedHashMap<>();
    for (String name : names) {
      Semaphore seats = seats(name);
      if (!seats.tryAcquire()) {
        held.forEach(Semaphore::release);
        return Optional.empty();
      }
      held.merge(seats, 1, Integer::sum);
    }
    return Optional.of(new Lease(this, held));
  }

  /** Whether somebody waits for a session of one of these connections. */
  public boolean wanted(List<String> names) {
    return names.stream().map(this::seats).anyMatch(Semaphore::hasQueuedThreads);
  }

  /**
   * A session, to be closed by the caller, who holds no others.
   *
   * @throws SQLException when the database cannot be reached or refuses
   */
  public Connection open(String name) throws SQLException {
    return open(name, false);
  }

  /** As {@link #open(String)}, for a session that will load data. */
  public Connection openToLoad(String name) throws SQLException {
    return open(name, true);
  }

  private Connection open(String name, boolean loads) throws SQLException {
    ConnectionConfiguration configuration = configuration(name);
    HikariDataSource pool =
        (loads ? loading : reading).computeIfAbsent(name, ignored -> pool(configuration, loads));
    if (pool.getHikariPoolMXBean() == null
        || pool.getHikariPoolMXBean().getTotalConnections() == 0) {
      // A pool waits for a server that refuses; this tells at once.
      Sessions.open(configuration, CONNECT_TIMEOUT, loads).close();
    }
    return pool.getConnection();
  }

  /** What all sessions of this process together may pass from and to a connection. */
  public RateLimit limit(String name) {
    ConnectionConfiguration configuration = configuration(name);
    return limits.computeIfAbsent(name, ignored -> new RateLimit(configuration.limits()));
  }

  private Semaphore seats(String name) {
    int poolSize = configuration(name).poolSize();
    return seats.computeIfAbsent(name, ignored -> new Semaphore(poolSize, true));
  }

  /** Closes a session for good, for one whose state is in doubt; the pool opens another. */
  public void discard(String name, Connection session) {
    discard(reading.get(name), session);
  }

  /** As {@link #discard}, for a session from {@link #openToLoad}. */
  public void discardLoading(String name, Connection session) {
    discard(loading.get(name), session);
  }

  private static void discard(@Nullable HikariDataSource pool, Connection session) {
    if (pool != null) {
      pool.evictConnection(session);
    }
  }

  /** Looks at one connection with a session of its own, so that an exhausted pool does not lie. */
  public ConnectionHealth health(String name) {
    ConnectionConfiguration configuration = configuration(name);
    try (Connection session = Sessions.open(configuration, Duration.ofSeconds(3))) {
      String version = version(session.getMetaData());
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

  /** MariaDB greets programs as an old MySQL, and Connector/J takes it for one. */
  private static String version(DatabaseMetaData server) throws SQLException {
    String version = server.getDatabaseProductVersion();
    int mariaDb = version.indexOf("-MariaDB");
    return mariaDb < 0
        ? server.getDatabaseProductName() + " " + version
        : "MariaDB " + version.substring(0, mariaDb).replaceFirst("^5\\.5\\.5-", "");
  }

  private static HikariDataSource pool(ConnectionConfiguration configuration, boolean loads) {
    HikariConfig hikari = new HikariConfig();
    hikari.setPoolName(configuration.name());
    hikari.setJdbcUrl(Sessions.url(configuration));
    hikari.setDataSourceProperties(Sessions.properties(configuration, CONNECT_TIMEOUT, loads));
    // One more than can be leased: short looks at a catalog need not wait for long copies.
    hikari.setMaximumPoolSize(configuration.poolSize() + 1);
    hikari.setConnectionInitSql(Sessions.firstStatement(configuration.type()));
    hikari.setMinimumIdle(0);
    hikari.setInitializationFailTimeout(-1);
    hikari.setConnectionTimeout(CONNECT_TIMEOUT.plusSeconds(10).toMillis());
    hikari.setIdleTimeout(Duration.ofMinutes(1).toMillis());
    return new HikariDataSource(hikari);
  }

  @Override
  public void close() {
    Stream.of(reading, loading).forEach(pools -> pools.values().forEach(HikariDataSource::close));
    reading.clear();
    loading.clear();
  }
}
