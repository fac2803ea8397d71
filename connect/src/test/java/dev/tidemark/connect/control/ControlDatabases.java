package dev.tidemark.connect.control;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.ControlConfiguration;
import dev.tidemark.connect.configuration.DatabaseType;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** Configurations of control databases in tests. */
final class ControlDatabases {

  private ControlDatabases() {}

  static ControlConfiguration in(EmbeddedPostgres postgres, String schema) {
    return at(postgres.getPort(), schema);
  }

  static ControlConfiguration at(int port, String schema) {
    return new ControlConfiguration(
        new ConnectionConfiguration(
            "control",
            DatabaseType.POSTGRESQL,
            "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
            "postgres",
            "postgres",
            schema,
            4,
            false),
        ControlConfiguration.DEFAULT_RETENTION);
  }
}
