package dev.tidemark.cli.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.cli.StateFolder;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServersIT {

  @TempDir private Path folder;
  private StateFolder home;

  @BeforeEach
  void sharesUnpackedPrograms() throws Exception {
    home = new StateFolder(folder.resolve("state"));
    Path programs = Path.of("target/embedded-programs").toAbsolutePath();
    Files.createDirectories(programs);
    Files.createDirectories(home.path());
    Files.createSymbolicLink(home.binaries(), programs);
  }

  @Test
  void postgresKeepsItsDataBetweenStartsAndThroughAKill() throws Exception {
    EmbeddedPostgres first = EmbeddedPostgres.start(home, 0);
    first.createDatabase("pgsql_lmp");
    first.createDatabase("pgsql_lmp");
    try (Connection connection = first.connect("pgsql_lmp")) {
      execute(connection, "CREATE TABLE kept (v text)");
      execute(connection, "INSERT INTO kept VALUES ('🌊')");
      assertThat(query(connection, "SHOW wal_level")).isEqualTo("logical");
      assertThat(query(connection, "SHOW synchronous_commit")).isEqualTo("on");
    }
    first.stop();
    assertThat(first.isAlive()).isFalse();

    EmbeddedPostgres second = EmbeddedPostgres.start(home, first.port());
    try (Connection connection = second.connect("pgsql_lmp")) {
      execute(connection, "INSERT INTO kept VALUES ('x')");
    }
    second.kill();
    awaitGone(second.pid());

    try (EmbeddedPostgres third = EmbeddedPostgres.start(home, first.port());
        Connection connection = third.connect("pgsql_lmp")) {
      assertThat(third.port()).isEqualTo(first.port());
      assertThat(query(connection, "SELECT string_agg(v, ',') FROM kept")).isEqualTo("🌊,x");
    }
  }

  @Test
  void mariaDbKeepsItsDataBetweenStartsAndThroughAKill() throws Exception {
    EmbeddedMariaDb first = EmbeddedMariaDb.start(home, 0);
    first.createDatabase("dashboard");
    try (Connection connection = first.connect("dashboard")) {
      execute(connection, "CREATE TABLE kept (v varchar(10))");
      execute(connection, "INSERT INTO kept VALUES ('🌊')");
      assertThat(query(connection, "SELECT @@local_infile")).isEqualTo("1");
      assertThat(query(connection, "SELECT @@binlog_format")).isEqualTo("ROW");
      assertThat(query(connection, "SELECT @@version")).startsWith("11.4");
    }
    first.stop();
    assertThat(first.isAlive()).isFalse();

    EmbeddedMariaDb second = EmbeddedMariaDb.start(home, first.port());
    try (Connection connection = second.connect("dashboard")) {
      execute(connection, "INSERT INTO kept VALUES ('x')");
    }
    second.kill();

    try (EmbeddedMariaDb third = EmbeddedMariaDb.start(home, first.port());
        Connection connection = third.connect("dashboard")) {
      assertThat(query(connection, "SELECT group_concat(v) FROM kept")).isEqualTo("🌊,x");
    }
  }

  @Test
  void temporalKeepsItsNamespaceBetweenStartsAndThroughAKill() throws Exception {
    EmbeddedTemporal first = EmbeddedTemporal.start(home, 0, 0, ignored -> {});
    assertThat(namespaceId(first)).isNotEmpty();
    String id = namespaceId(first);
    first.kill();

    try (EmbeddedTemporal second =
        EmbeddedTemporal.start(home, first.port(), first.ui().getPort(), ignored -> {})) {
      assertThat(namespaceId(second)).isEqualTo(id);
    }
  }

  private static String namespaceId(EmbeddedTemporal server) {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(server.address()).build());
    try {
      return stubs
          .blockingStub()
          .describeNamespace(DescribeNamespaceRequest.newBuilder().setNamespace("default").build())
          .getNamespaceInfo()
          .getId();
    } finally {
      stubs.shutdownNow();
    }
  }

  private static void awaitGone(long pid) {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> ProcessHandle.of(pid).map(handle -> !handle.isAlive()).orElse(true));
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      assertThat(result.next()).isTrue();
      return result.getString(1);
    }
  }
}
