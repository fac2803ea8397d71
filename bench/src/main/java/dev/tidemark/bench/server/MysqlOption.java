package dev.tidemark.bench.server;

import dev.tidemark.connect.configuration.DatabaseType;
import java.sql.SQLException;
import picocli.CommandLine.Option;

/** Where the MySQL server is; the others are embedded. */
public final class MysqlOption {

  @Option(
      names = "--mysql",
      description = "JDBC URL of the MySQL server, where one takes part",
      defaultValue = "${env:TIDEMARK_TEST_MYSQL_URL}")
  private String url = "";

  /** An empty database of that name on a server of that type. */
  public Database database(Servers servers, DatabaseType type, String name) throws SQLException {
    return switch (type) {
      case POSTGRESQL -> servers.postgres(name);
      case MARIADB -> servers.mariaDb(name);
      case MYSQL -> Servers.mysql(name, url);
    };
  }
}
