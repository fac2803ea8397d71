package dev.tidemark.connect.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.connection.Sessions;
import dev.tidemark.connect.dialect.Dialects;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.connect.table.ChunkWriter;
import dev.tidemark.connect.table.Column;
import dev.tidemark.connect.table.ColumnChoice;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.RowRejectedException;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.connect.table.TextRows;
import dev.tidemark.connect.type.ColumnKind;
import dev.tidemark.connect.type.ColumnType;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A {@code timestamp} that takes no NULL; servers would fill it with the time of the load. */
class MysqlTimestampsIT {

  private static final Column ID =
      new Column("id", ColumnType.of(ColumnKind.INT32, "int"), false, false);
  private static final Column CHANGED =
      new Column(
          "changed",
          ColumnType.exact(ColumnKind.TIMESTAMPTZ, 6, 0, "timestamp with time zone"),
          true,
          false);

  private static Stream<Arguments> sessions() {
    return Stream.of(TestServer.MARIADB, TestServer.MYSQL)
        .flatMap(
            server ->
                Stream.of(true, false)
                    .flatMap(
                        loads ->
                            Stream.of("0", "1")
                                .map(explicit -> Arguments.of(server, loads, explicit))));
  }

  private static Connection session(TestServer server, boolean loads, String explicit)
      throws SQLException {
    assumeTrue(server.available(), "set TIDEMARK_TEST_MYSQL_URL to run this");
    ConnectionConfiguration database = server.newDatabase("times");
    TestServer.execute(
        database,
        "CREATE TABLE item (id int PRIMARY KEY, changed timestamp(6) NOT NULL"
            + " DEFAULT CURRENT_TIMESTAMP(6)) CHARSET utf8mb4");
    Duration patience = Duration.ofSeconds(10);
    Connection session =
        loads ? Sessions.openToLoad(database, patience) : Sessions.open(database, patience);
    try (Statement statement = session.createStatement()) {
      statement.execute("SET SESSION explicit_defaults_for_timestamp = " + explicit);
    }
    session.setAutoCommit(false);
    return session;
  }

  private static ChunkWriter writer(TestServer server, Connection session) throws SQLException {
    TableMapping mapping =
        TableMapping.of(
            new TableShape("shop", "item", List.of(ID, CHANGED), List.of("id"), 0),
            "item",
            new ColumnChoice(List.of(), List.of(), List.of(), Map.of(), Map.of()));
    Dialect dialect = Dialects.of(DatabaseType.valueOf(server.name()));
    String schema = session.getCatalog();
    TableShape shape = dialect.describe(session, schema, "item").orElseThrow();
    return dialect.writer(session, schema, mapping, shape);
  }

  private static void assertSecondRejected(ThrowingCallable write) {
    assertThatThrownBy(write)
        .isInstanceOfSatisfying(
            RowRejectedException.class,
            e -> {
              assertThat(e.row()).isEqualTo(2);
              assertThat(e.getMessage()).contains("changed");
            });
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void refusesNullWhereTheServerWouldFillInATime(TestServer server, boolean loads, String explicit)
      throws Exception {
    try (Connection session = session(server, loads, explicit)) {
      ChunkWriter writer = writer(server, session);
      assertSecondRejected(
          () -> writer.insert(TextRows.of("1\t2026-01-01 00:00:00.000001", "2\t\\N")));
      session.rollback();
      writer.insert(TextRows.of("1\t2026-01-01 00:00:00.000001", "2\t2026-01-02 03:04:05"));
      session.commit();
      assertSecondRejected(() -> writer.merge(TextRows.of("1\t2026-01-01 00:00:00", "2\t\\N")));
      session.rollback();
      assertThat(TestServer.rows(session, "SELECT changed FROM item ORDER BY id"))
          .containsExactly("2026-01-01 00:00:00.000001", "2026-01-02 03:04:05");
    }
  }
}
