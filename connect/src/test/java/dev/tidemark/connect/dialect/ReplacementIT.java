package dev.tidemark.connect.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.TableShape;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
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

  @Test
  void aForeignTableIsReferredToByNobody() throws Exception {
    ConnectionConfiguration database = database(TestServer.POSTGRESQL);
    TestServer.execute(
        database,
        "CREATE EXTENSION postgres_fdw",
        "CREATE SERVER nowhere FOREIGN DATA WRAPPER postgres_fdw",
        "CREATE USER MAPPING FOR CURRENT_USER SERVER nowhere",
        "CREATE FOREIGN TABLE far (id int) SERVER nowhere");
    Dialect dialect = Dialects.of(database.type());
    try (Connection session = open(database)) {
      TableShape far = dialect.describe(session, "public", "far").orElseThrow();
      assertThatCode(() -> dialect.keepReferencesOut(session, far, "")).doesNotThrowAnyException();
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

  /** What is called how, in a table of PostgreSQL. */
  private static final String NAMED =
      """
      SELECT relname || pg_get_indexdef(indexrelid)
        FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE indrelid = 'item'::regclass
      UNION ALL
      SELECT conname || pg_get_constraintdef(oid)
        FROM pg_constraint WHERE conrelid = 'item'::regclass ORDER BY 1""";

  @Test
  void indexesAndConstraintsAreCalledAsTheyWere() throws Exception {
    ConnectionConfiguration database = database(TestServer.POSTGRESQL);
    Dialect dialect = Dialects.of(database.type());
    TestServer.execute(
        database,
        "ALTER TABLE item ADD code int CHECK (code > 0), ADD place int4range NOT NULL DEFAULT '(,)'",
        "ALTER TABLE item ADD CONSTRAINT \"Its Code\" UNIQUE (code) INCLUDE (note)",
        "ALTER TABLE item ADD CONSTRAINT late UNIQUE (id, code)",
        "ALTER TABLE item ADD CONSTRAINT apart EXCLUDE USING gist (place WITH =) WHERE (id > 9)",
        "CREATE INDEX one_of_two ON item (note)",
        "CREATE INDEX two_of_two ON item (note)",
        "CREATE UNIQUE INDEX item_lower ON item (lower(note), id DESC) WHERE note <> ' INDEX x ON y '",
        "CREATE INDEX " + "n".repeat(63) + " ON item (code, note) WITH (fillfactor = 50)",
        "ALTER INDEX item_pkey RENAME TO \"tidemark_new_item_pkey\"",
        "COMMENT ON INDEX one_of_two IS 'one'");
    try (Connection session = open(database)) {
      List<String> before = TestServer.rows(session, NAMED);
      List<String> table = TestServer.rows(session, "SELECT 'item'::regclass::oid::text");
      TableShape item = dialect.describe(session, "public", "item").orElseThrow();
      TestServer.execute(database, dialect.createLike(item, "tidemark_new_item"));
      assertThat(dialect.swap(session, item, "tidemark_new_item", "tidemark_old_item")).isTrue();
      session.commit();
      assertThat(TestServer.rows(session, "SELECT 'item'::regclass::oid::text"))
          .isNotEqualTo(table);
      assertThat(TestServer.rows(session, NAMED)).isEqualTo(before).hasSizeGreaterThan(13);
      assertThat(TestServer.rows(session, "SELECT obj_description('one_of_two'::regclass)"))
          .containsExactly("one");
    }
  }
}
