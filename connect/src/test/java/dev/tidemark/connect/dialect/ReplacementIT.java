package dev.tidemark.connect.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.TableShape;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A table takes the place of another one, or its rows do. */
class ReplacementIT {

  private static final String PART =
      "CREATE TABLE part (item int, FOREIGN KEY (item) REFERENCES item (id) ON DELETE CASCADE)";

  private static ConnectionConfiguration database(TestServer server) {
    assumeTrue(server.available(), "set TIDEMARK_TEST_MYSQL_URL to run this");
    ConnectionConfiguration database = server.newDatabase("replacement");
    TestServer.execute(
        database,
        "CREATE TABLE item (id int PRIMARY KEY CHECK (id > 0), note varchar(20))",
        "INSERT INTO item VALUES (1, 'old'), (2, 'old')");
    return database;
  }

  private static Connection open(ConnectionConfiguration database) throws Exception {
    Connection session = TestServer.open(database);
    session.setAutoCommit(false);
    session.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    return session;
  }

  @ParameterizedTest
  @EnumSource
  void noRowComesToReferToThoseThatAreAboutToBeDeleted(TestServer server) throws Exception {
    ConnectionConfiguration database = database(server);
    Dialect dialect = Dialects.of(database.type());
    try (Connection session = open(database);
        Connection another = TestServer.open(database);
        Statement migration = another.createStatement()) {
      TableShape item = dialect.describe(session, database.schema(), "item").orElseThrow();
      dialect.keepReferencesOut(session, item, "");
      assertThat(dialect.cascade(session, database.schema(), "item")).isEmpty();
      migration.execute(
          database.type() == DatabaseType.POSTGRESQL
              ? "SET lock_timeout = '1s'"
              : "SET SESSION lock_wait_timeout = 1, innodb_lock_wait_timeout = 1");
      assertThatThrownBy(
              () -> {
                migration.execute(PART);
                migration.execute("INSERT INTO part VALUES (1)");
              })
          .hasMessageMatching("(?i).*(lock timeout|lock wait timeout).*");
      session.commit();
    }
  }

  /** Nobody can make one between the look and the rename of a server that has no lock for both. */
  @ParameterizedTest
  @EnumSource
  void whatCameToATableAtTheLastMomentBringsItBack(TestServer server) throws Exception {
    ConnectionConfiguration database = database(server);
    Dialect dialect = Dialects.of(database.type());
    String schema = database.schema();
    try (Connection session = open(database)) {
      TableShape item = dialect.describe(session, schema, "item").orElseThrow();
      TestServer.execute(
          database,
          dialect.createLike(item, "tidemark_new_item"),
          PART.replace("CASCADE", "NO ACTION"),
          "INSERT INTO part VALUES (1)");
      assertThat(dialect.swap(session, item, "tidemark_new_item", "tidemark_old_item")).isFalse();
      assertThat(TestServer.rows(session, "SELECT note FROM item")).containsExactly("old", "old");
      assertThat(dialect.describe(session, schema, "tidemark_new_item")).isPresent();
      assertThat(dialect.describe(session, schema, "tidemark_old_item")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesThePlaceOfATableThatStandsAlone(TestServer server) throws Exception {
    ConnectionConfiguration database = database(server);
    Dialect dialect = Dialects.of(database.type());
    String schema = database.schema();
    try (Connection session = open(database)) {
      TestServer.execute(
          database,
          server == TestServer.POSTGRESQL
              ? "CREATE INDEX item_note ON item (note)"
              : "ALTER TABLE item ADD n int NOT NULL AUTO_INCREMENT UNIQUE COMMENT 'it''s'");
      TableShape item = dialect.describe(session, schema, "item").orElseThrow();
      TestServer.execute(database, dialect.createLike(item, "tidemark_new_item"));
      assertThat(dialect.swap(session, item, "tidemark_new_item", "tidemark_old_item")).isTrue();
      session.commit();
      assertThat(TestServer.rows(session, "SELECT note FROM item")).isEmpty();
      assertThat(dialect.describe(session, schema, "tidemark_new_item")).isEmpty();
    }
  }
}
