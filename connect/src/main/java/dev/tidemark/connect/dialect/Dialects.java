package dev.tidemark.connect.dialect;

import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.mysql.MysqlDialect;
import dev.tidemark.connect.postgresql.PostgresDialect;
import dev.tidemark.connect.table.Dialect;

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
