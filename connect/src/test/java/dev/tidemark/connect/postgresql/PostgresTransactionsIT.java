package dev.tidemark.connect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.connect.table.TableShape;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which prepared transactions may have written a table. */
class PostgresTransactionsIT {

  @Test
  void tellsWhichTablesAPreparedTransactionMayHaveWritten() throws Exception {
    ConnectionConfiguration database = TestServer.POSTGRESQL.newDatabase("prepared");
    TestServer.execute(
        database,
        "CREATE TABLE item (id int PRIMARY KEY) PARTITION BY HASH (id)",
        "CREATE TABLE part PARTITION OF item FOR VALUES WITH (MODULUS 1, REMAINDER 0)",
        "CREATE TABLE another (id int PRIMARY KEY)",
        "CREATE TABLE looked_at (id int PRIMARY KEY)",
        "CREATE VIEW seen AS SELECT id FROM item");
    try (Connection session = TestServer.open(database)) {
      assertThat(prepared(session, "item")).isEmpty();
      String name = session.getCatalog();
      prepare(database, name);
      try {
        assertThat(prepared(session, "part")).contains(name);
        assertThat(prepared(session, "item")).as("one of its partitions").contains(name);
        assertThat(prepared(session, "seen")).as("nobody knows what it reads").contains(name);
        assertThat(prepared(session, "looked_at")).as("it was read alone").isEmpty();
        assertThat(prepared(session, "another")).isEmpty();
      } finally {
        TestServer.execute(database, "ROLLBACK PREPARED '" + name + "'");
      }
      assertThat(prepared(session, "item")).isEmpty();
    }
  }

  private static void prepare(ConnectionConfiguration database, String name) throws SQLException {
    try (Connection session = TestServer.open(database);
        Statement statement = session.createStatement()) {
      session.setAutoCommit(false);
      statement.execute("INSERT INTO part VALUES (1)");
      statement.execute("SELECT 1 FROM looked_at FOR UPDATE");
      statement.execute("PREPARE TRANSACTION '" + name + "'");
    }
  }

  private static Optional<String> prepared(Connection session, String table) throws SQLException {
    TableShape shape = new TableShape("public", table, List.of(), List.of(), 0);
    return PostgresTransactions.open(session, shape).prepared();
  }
}
