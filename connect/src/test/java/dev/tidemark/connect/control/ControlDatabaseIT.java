package dev.tidemark.connect.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.ControlConfiguration;
import dev.tidemark.connect.configuration.Role;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.SyncException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ControlDatabaseIT {

  @Test
  void liesBesideTablesOfOthers() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
        Connection session = postgres.getPostgresDatabase().getConnection();
        Statement statement = session.createStatement()) {
      statement.execute("create table public.their_own (id int)");
      try (ControlDatabase database =
          ControlDatabase.open(ControlDatabases.in(postgres, "public"))) {
        assertThat(database.batches().running()).isEmpty();
      }
    }
  }

  @Test
  void manyProcessesMayOpenItAtOnce() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<List<String>> open =
          () -> {
            try (ControlDatabase database =
                ControlDatabase.open(ControlDatabases.in(postgres, "public"))) {
              return database.batches().running();
            }
          };
      for (int round = 0; round < 5; round++) {
        try (Connection session = postgres.getPostgresDatabase().getConnection();
            Statement statement = session.createStatement()) {
          statement.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        }
        for (Future<List<String>> opened : threads.invokeAll(Collections.nCopies(8, open))) {
          assertThat(opened.get()).isEmpty();
        }
      }
    }
  }

  @Test
  void opensWhileTheServerIsAwayAndWorksWhenItIsBack() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    try (ControlDatabase database = ControlDatabase.open(ControlDatabases.at(port, "public"))) {
      assertThatThrownBy(() -> database.batches().running())
          .isInstanceOfSatisfying(
              SyncException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.CONNECTION_FAILED));

      try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().setPort(port).start()) {
        assertThat(postgres.getPort()).isEqualTo(port);
        Awaitility.await()
            .atMost(Duration.ofSeconds(20))
            .ignoreExceptions()
            .untilAsserted(() -> assertThat(database.batches().running()).isEmpty());
        assertThat(database.apiKeys().create("ci", Role.ADMIN, "test").secret()).isNotEmpty();
      }
    }
  }

  @Test
  void aWrongDatabaseIsToldAtOnce() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      ControlConfiguration right = ControlDatabases.in(postgres, "public");
      ConnectionConfiguration connection = right.connection();
      ConnectionConfiguration wrong =
          new ConnectionConfiguration(
              connection.name(),
              connection.type(),
              connection.jdbcUrl() + "_missing",
              connection.username(),
              connection.password(),
              connection.schema(),
              connection.poolSize(),
              connection.readOnly());
      assertThatThrownBy(
              () -> ControlDatabase.open(new ControlConfiguration(wrong, right.retention())))
          .isInstanceOfSatisfying(
              SyncException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_NOT_FOUND));
    }
  }

  @Test
  void failsFastWhileTheServerIsAway() throws Exception {
    EmbeddedPostgres postgres = EmbeddedPostgres.start();
    try (ControlDatabase database = ControlDatabase.open(ControlDatabases.in(postgres, "public"))) {
      postgres.close();
      assertThatThrownBy(() -> database.batches().running()).isInstanceOf(SyncException.class);
      long start = System.nanoTime();
      assertThatThrownBy(() -> database.batches().running())
          .isInstanceOf(SyncException.class)
          .hasMessageContaining("control database");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(200));
    }
  }
}
