package dev.tidemark.bench.server;

import dev.tidemark.connect.configuration.DatabaseType;
import java.sql.SQLException;
import java.util.List;
import picocli.CommandLine.Option;

/** Into which databases a benchmark copies. */
public final class TargetOptions {

  @Option(
      names = "--to",
      split = ",",
      defaultValue = "MARIADB",
      description = "MARIADB, MYSQL, POSTGRESQL; default: ${DEFAULT-VALUE}")
  private List<DatabaseType> types = List.of();

  @Option(
      names = "--mysql",
      description = "JDBC URL of the MySQL server for --to MYSQL",
      defaultValue = "${env:TIDEMARK_TEST_MYSQL_URL}")
  private String mysqlUrl = "";

  /** In which order. */
  public List<DatabaseType> types() {
    return types;
  }

  /** An empty database to copy into. */
  public Database database(Servers servers, DatabaseType type, String name) throws SQLException {
    return switch (type) {
      case POSTGRESQL -> servers.postgres(name + "_invoices");
      case MARIADB -> servers.mariaDb(name + "_invoices");
      case MYSQL -> Servers.mysql(name + "_invoices", mysqlUrl);
    };
  }
}
