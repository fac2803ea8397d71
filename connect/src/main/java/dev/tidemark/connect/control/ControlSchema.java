package dev.tidemark.connect.control;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings the tables of the control database to the version that this program needs. */
final class ControlSchema {

  static final String HISTORY_TABLE = "tidemark_schema_history";

  private ControlSchema() {}

  /** Safe to run from many processes at once: Flyway takes a lock. */
  static void migrate(DataSource dataSource, String schema) {
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
