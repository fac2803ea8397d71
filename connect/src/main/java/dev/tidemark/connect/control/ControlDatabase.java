package dev.tidemark.connect.control;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.ControlConfiguration;
import dev.tidemark.connect.connection.Sessions;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.SyncException;
import java.time.Clock;
import java.time.Duration;
import java.util.Properties;

/**
 * The control database of one process.
 *
 * <p>It is an archive, not the truth: processes start and syncs run while it is away. Calls then
 * fail with a {@link SyncException} that is retryable, and fail fast, so that a lost database does
 * not make everything else slow.
 */
public final class ControlDatabase implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

  private final HikariDataSource pool;
  private final BatchArchive batches;
  private final ApiKeys apiKeys;
  private final IdempotencyKeys idempotencyKeys;
  private final Notifications notifications;

  private ControlDatabase(HikariDataSource pool, ControlAccess access) {
    this.pool = pool;
    this.batches = new BatchArchive(access);
    this.apiKeys = new ApiKeys(access, Clock.systemUTC());
    this.idempotencyKeys = new IdempotencyKeys(access, Clock.systemUTC());
    this.notifications = new Notifications(access);
  }

  /**
   * Opens a pool and brings the tables to this program's version. When the database cannot be
   * reached this returns all the same, and the first call that reaches it does that work.
   *
   * @throws SyncException when the database was reached and refuses, as with a wrong password
   */
  public static ControlDatabase open(ControlConfiguration configuration) {
    HikariDataSource pool = pool(configuration.connection());
    ControlAccess access = new ControlAccess(pool, configuration.connection().schema());
    try {
      access.prepare();
    } catch (SyncException e) {
      if (e.code() != ErrorCode.CONNECTION_FAILED && e.code() != ErrorCode.DATABASE_BUSY) {
        pool.close();
        throw e;
      }
    }
    return new ControlDatabase(pool, access);
  }

  /**
   * Opens a pool and lets the first call bring the tables to this program's version: for a process
   * whose work must not wait for its archive. Calls that the database refuses fail then.
   */
  public static ControlDatabase openLater(ControlConfiguration configuration) {
    HikariDataSource pool = pool(configuration.connection());
    return new ControlDatabase(pool, new ControlAccess(pool, configuration.connection().schema()));
  }

  public BatchArchive batches() {
    return batches;
  }

  public ApiKeys apiKeys() {
    return apiKeys;
  }

  public IdempotencyKeys idempotencyKeys() {
    return idempotencyKeys;
  }

  public Notifications notifications() {
    return notifications;
  }

  private static HikariDataSource pool(ConnectionConfiguration connection) {
    Properties properties = Sessions.properties(connection, CONNECT_TIMEOUT);
    properties.setProperty("currentSchema", connection.schema());
    HikariConfig hikari = new HikariConfig();
    hikari.setPoolName("control");
    hikari.setJdbcUrl(Sessions.url(connection));
    hikari.setDataSourceProperties(properties);
    // A migration needs up to four sessions at once.
    hikari.setMaximumPoolSize(Math.max(4, connection.poolSize()));
    hikari.setMinimumIdle(0);
    hikari.setInitializationFailTimeout(-1);
    hikari.setConnectionTimeout(CONNECT_TIMEOUT.toMillis());
    return new HikariDataSource(hikari);
  }

  @Override
  public void close() {
    pool.close();
  }
}
