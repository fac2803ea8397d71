package dev.tidemark.connect.control;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the tables of the control database to the version that this program needs. */
final class ControlSchema {

  static final String HISTORY_TABLE = "tidemark_schema_history";

  private ControlSchema() {}

  /**
   * Safe to run from many processes at once. Flyway's own lock does not cover its first steps in a
   * new database, so that of two processes that come at once one would fail.
   */
  static void migrate(DataSource dataSource, String schema) {
    try (Connection session = dataSource.getConnection()) {
      session.setAutoCommit(false);
      lock(session, schema);
      migrateAlone(dataSource, schema);
      session.commit();
      session.setAutoCommit(true);
    } catch (SQLException e) {
      throw new FlywayException(e.getMessage(), e);
    }
  }

  /** Until the end of the transaction. */
  private static void lock(Connection session, String schema) throws SQLException {
    try (Statement patience = session.createStatement();
        PreparedStatement lock =
            session.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
      patience.execute("SET LOCAL lock_timeout = '30s'");
      lock.setString(1, HISTORY_TABLE + " of " + schema);
      lock.execute();
    }
  }

  private static void migrateAlone(DataSource dataSource, String schema) {
    Flyway.configure(ControlSchema.class.getClassLoader())
        .dataSource(dataSource)
        .locations("classpath:db/control")
        .schemas(schema)
        .defaultSchema(schema)
        .table(HISTORY_TABLE)
        // The schema may hold tables of others.
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
  }
}
