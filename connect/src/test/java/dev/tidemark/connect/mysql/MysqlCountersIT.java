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
import dev.tidemark.connect.table.MergeCounts;
import dev.tidemark.connect.table.RowRejectedException;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.connect.table.TextRows;
import dev.tidemark.connect.type.ColumnKind;
import dev.tidemark.connect.type.ColumnType;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A column that counts by itself; servers would give a row without a number the next one. */
class MysqlCountersIT {

  private static final ColumnType WHOLE = ColumnType.of(ColumnKind.INT32, "integer");
  private static final Column ID = new Column("id", WHOLE, false, false);
  private static final Column NO = new Column("no", WHOLE, true, false);

  private static Stream<Arguments> sessions() {
    return Stream.of(TestServer.MARIADB, TestServer.MYSQL)
        .flatMap(
            server ->
                Stream.of(true, false)
                    .flatMap(
                        loads ->
                            Stream.of("int", "bigint unsigned", "tinyint NULL")
                                .map(type -> Arguments.of(server, loads, type))));
  }

  private static Connection session(TestServer server, boolean loads, String type)
      throws SQLException {
    assumeTrue(server.available(), "set TIDEMARK_TEST_MYSQL_URL to run this");
    ConnectionConfiguration database = server.newDatabase("counters");
    TestServer.execute(
        database,
        "CREATE TABLE item (id int PRIMARY KEY, no "
            + type
            + " AUTO_INCREMENT UNIQUE)"
            + " CHARSET utf8mb4");
    Duration patience = Duration.ofSeconds(10);
    Connection session =
        loads ? Sessions.openToLoad(database, patience) : Sessions.open(database, patience);
    session.setAutoCommit(false);
    return session;
  }

  private static ChunkWriter writer(TestServer server, Connection session) throws SQLException {
    TableMapping mapping =
        TableMapping.of(
            new TableShape("shop", "item", List.of(ID, NO), List.of("id"), 0),
            "item",
            new ColumnChoice(List.of(), List.of(), List.of(), Map.of(), Map.of()));
    Dialect dialect = Dialects.of(DatabaseType.valueOf(server.name()));
    String schema = session.getCatalog();
    TableShape shape = dialect.describe(session, schema, "item").orElseThrow();
    return dialect.writer(session, schema, mapping, shape);
  }

  private static void assertSecondRejected(Connection session, ThrowingCallable write)
      throws SQLException {
    assertThatThrownBy(write)
        .isInstanceOfSatisfying(
            RowRejectedException.class,
            e -> {
              assertThat(e.row()).isEqualTo(2);
              assertThat(e.getMessage()).contains("no");
            });
    session.rollback();
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void takesNoNumberThatNobodyWrote(TestServer server, boolean loads, String type)
      throws Exception {
    try (Connection session = session(server, loads, type)) {
      ChunkWriter writer = writer(server, session);
      assertSecondRejected(session, () -> writer.insert(TextRows.of("1\t5", "2\t\\N")));
      assertSecondRejected(session, () -> writer.merge(TextRows.of("1\t5", "2\t\\N")));
      assertThat(TestServer.rows(session, "SELECT no FROM item")).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void takesZeroForANumber(TestServer server, boolean loads, String type) throws Exception {
    try (Connection session = session(server, loads, type)) {
      ChunkWriter writer = writer(server, session);
      writer.insert(TextRows.of("1\t5", "2\t0", "3\t6"));
      session.commit();
      assertThat(writer.merge(TextRows.of("1\t5", "2\t7"))).isEqualTo(new MergeCounts(0, 1));
      session.commit();
      assertThat(writer.merge(TextRows.of("4\t0"))).isEqualTo(new MergeCounts(1, 0));
      session.commit();
      assertThat(TestServer.rows(session, "SELECT no FROM item ORDER BY id"))
          .containsExactly("5", "7", "6", "0");
    }
  }
}
