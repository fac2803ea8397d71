package dev.tidemark.connect.control;

import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.SyncException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How this package reaches its tables: migrated first, errors explained, fast to fail. */
final class ControlAccess {

  /** After a failed connection, calls fail at once for this long. */
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private static final Logger log = LoggerFactory.getLogger(ControlAccess.class);

  static {
    // jOOQ greets in the log.
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
  }

  private final DataSource dataSource;
  private final String schema;
  private final DSLContext dsl;
  private final Object migration = new Object();
  private volatile boolean migrated;
  private volatile @Nullable Outage outage;

  private record Outage(SyncException cause, long sinceNanos) {}

  ControlAccess(DataSource dataSource, String schema) {
    this.dataSource = dataSource;
    this.schema = schema;
    this.dsl = DSL.using(dataSource, SQLDialect.POSTGRES, new Settings().withRenderSchema(false));
  }

  /** Migrates, unless this process has done so. */
  void prepare() {
    call("preparing the control database", ignored -> true);
  }

  /** One transaction without a result. */
  void run(String doing, Consumer<DSLContext> work) {
    call(
        doing,
        transaction -> {
          work.accept(transaction);
          return true;
        });
  }

  /**
   * One transaction.
   *
   * @param doing what it does, for errors, such as {@code "archiving batch x"}
   */
  <T> T call(String doing, Function<DSLContext, T> work) {
    failFast();
    try {
      migrate();
      T result = dsl.transactionResult(transaction -> work.apply(transaction.dsl()));
      outage = null;
      return result;
    } catch (DataAccessException | FlywayException e) {
      SyncException explained = Failures.explain(doing, e);
      if (explained.code() == ErrorCode.CONNECTION_FAILED) {
        if (outage == null) {
          log.warn(
              "The control database cannot be reached; syncs go on without it. {}",
              explained.getMessage());
        }
        outage = new Outage(explained, System.nanoTime());
      }
      throw explained;
    }
  }

  private void failFast() {
    Outage known = outage;
    if (known != null && System.nanoTime() - known.sinceNanos() < PAUSE.toNanos()) {
      throw new SyncException(
          known.cause().code(),
          "The control database could not be reached a moment ago: " + known.cause().getMessage(),
          known.cause().remedy(),
          known.cause());
    }
  }

  private void migrate() {
    if (migrated) {
      return;
    }
    synchronized (migration) {
      if (!migrated) {
        ControlSchema.migrate(dataSource, schema);
        migrated = true;
      }
    }
  }
}
