package dev.tidemark.cli.demo;

import dev.tidemark.cli.StateFolder;
import dev.tidemark.cli.role.LocalStack;
import dev.tidemark.cli.server.EmbeddedMariaDb;
import dev.tidemark.cli.server.EmbeddedPostgres;
import dev.tidemark.cli.server.EmbeddedTemporal;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.DatabaseType;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * The servers of the demonstration: one PostgreSQL with the branches and the control database, one
 * MariaDB with the dashboard, one Temporal.
 */
record DemoServers(EmbeddedPostgres postgres, EmbeddedMariaDb mariaDb, EmbeddedTemporal temporal) {

  static final String TARGET = "dashboard";

  /**
   * One branch.
   *
   * @param connection its name in the configuration, and that of its database
   * @param name its value of the constant column
   */
  record Branch(String connection, String name, int seed) {}

  static final List<Branch> BRANCHES =
      List.of(new Branch("pgsql_lmp", "lmp", 1), new Branch("pgsql_sby", "sby", 2));

  private static final String POSTGRES_PASSWORD = "TIDEMARK_DEMO_POSTGRES_PASSWORD";
  private static final String MARIADB_PASSWORD = "TIDEMARK_DEMO_MARIADB_PASSWORD";

  /** Starts all three at once. */
  static DemoServers start(LocalStack stack, int uiPort, Consumer<String> progress)
      throws SQLException {
    StateFolder home = stack.home();
    CompletableFuture<EmbeddedPostgres> postgres =
        CompletableFuture.supplyAsync(() -> EmbeddedPostgres.start(home, 0));
    CompletableFuture<EmbeddedMariaDb> mariaDb =
        CompletableFuture.supplyAsync(() -> EmbeddedMariaDb.start(home, 0));
    try {
      EmbeddedTemporal temporal = EmbeddedTemporal.start(home, 0, uiPort, progress);
      stack.add("Temporal", temporal, () -> temporal.again(home));
      EmbeddedPostgres startedPostgres = postgres.join();
      int postgresPort = startedPostgres.port();
      stack.add("PostgreSQL", startedPostgres, () -> EmbeddedPostgres.start(home, postgresPort));
      EmbeddedMariaDb startedMariaDb = mariaDb.join();
      int mariaDbPort = startedMariaDb.port();
      stack.add("MariaDB", startedMariaDb, () -> EmbeddedMariaDb.start(home, mariaDbPort));
      stack.use(temporal);
      stack.useForControl(startedPostgres);
      stack.environment().put(POSTGRES_PASSWORD, startedPostgres.password());
      stack.environment().put(MARIADB_PASSWORD, startedMariaDb.password());
      return new DemoServers(startedPostgres, startedMariaDb, temporal);
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Takes away what an earlier run copied, so that this one has something to do. */
  void emptyTarget() throws SQLException {
    try (Connection connection = mariaDb.connect("");
        Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + TARGET);
      statement.execute(
          "CREATE DATABASE " + TARGET + " CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_as_cs");
    }
  }

  /** Writes the configuration; passwords come from the environment. */
  Path writeConfiguration(StateFolder home, long invoices) {
    long chunkRows = Math.clamp(invoices / 25, 100, 20_000);
    StringBuilder yaml =
        new StringBuilder("# Written by tidemark demo; run it again to change it.\n");
    yaml.append("connections:\n");
    for (Branch branch : BRANCHES) {
      yaml.append(
          """
            %s:
              type: postgresql
              url: %s
              username: %s
              password: ${%s}
              read-only: true
          """
              .formatted(
                  branch.connection(),
                  postgres.jdbcUrl(branch.connection()),
                  EmbeddedPostgres.USER,
                  POSTGRES_PASSWORD));
    }
    yaml.append(
        """
          %s:
            type: mariadb
            url: %s
            username: %s
            password: ${%s}
        batches:
          branches:
            sources:
        """
            .formatted(TARGET, mariaDb.jdbcUrl(TARGET), EmbeddedMariaDb.USER, MARIADB_PASSWORD));
    for (Branch branch : BRANCHES) {
      yaml.append(
          "      - {connection: %s, constants: {branch: %s}}\n"
              .formatted(branch.connection(), branch.name()));
    }
    yaml.append(
        """
            target: %s
            tables: "*"
            chunk-rows: %d
        """
            .formatted(TARGET, chunkRows));
    Path file = home.path().resolve("demo.yaml");
    StateFolder.writePrivately(file, yaml.toString());
    return file;
  }

  /** How the demonstration itself reaches a branch. */
  ConnectionConfiguration source(Branch branch) {
    return new ConnectionConfiguration(
        branch.connection(),
        DatabaseType.POSTGRESQL,
        postgres.jdbcUrl(branch.connection()),
        EmbeddedPostgres.USER,
        postgres.password(),
        "public",
        2,
        true);
  }

  /** How the demonstration itself reaches the dashboard. */
  ConnectionConfiguration target() {
    return new ConnectionConfiguration(
        TARGET,
        DatabaseType.MARIADB,
        mariaDb.jdbcUrl(TARGET),
        EmbeddedMariaDb.USER,
        mariaDb.password(),
        TARGET,
        2,
        true);
  }
}
