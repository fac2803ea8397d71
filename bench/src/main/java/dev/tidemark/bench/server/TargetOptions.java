package dev.tidemark.bench.server;

import dev.tidemark.connect.configuration.DatabaseType;
import java.sql.SQLException;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Into which databases a benchmark copies. */
public final class TargetOptions {

  @Option(
      names = "--to",
      split = ",",
      defaultValue = "MARIADB",
      description = "MARIADB, MYSQL, POSTGRESQL; default: ${DEFAULT-VALUE}")
  private List<DatabaseType> types = List.of();

  @Mixin private MysqlOption mysql = new MysqlOption();

  /** In which order. */
  public List<DatabaseType> types() {
    return types;
  }

  /** An empty database to copy into. */
  public Database database(Servers servers, DatabaseType type, String name) throws SQLException {
    return mysql.database(servers, type, name + "_invoices");
  }
}
