package dev.tidemark.connect.table;

import dev.tidemark.connect.configuration.DatabaseType;

/** The dialect of each type of database. */
public final class Dialects {

  private static final Dialect POSTGRESQL = new PostgresDialect();
  private static final Dialect MYSQL = new MysqlDialect(DatabaseType.MYSQL);
  private static final Dialect MARIADB = new MysqlDialect(DatabaseType.MARIADB);

  private Dialects() {}

  public static Dialect of(DatabaseType type) {
    return switch (type) {
      case POSTGRESQL -> POSTGRESQL;
      case MYSQL -> MYSQL;
      case MARIADB -> MARIADB;
    };
  }
}
