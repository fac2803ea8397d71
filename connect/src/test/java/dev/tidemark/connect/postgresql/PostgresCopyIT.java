package dev.tidemark.connect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.letter.Refusal;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.connect.table.ChunkWriter;
import dev.tidemark.connect.table.ColumnChoice;
import dev.tidemark.connect.table.MergeCounts;
import dev.tidemark.connect.table.RowRejectedException;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.connect.table.TextRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Chunks that go into PostgreSQL as binary values, as texts, or first so and then so. */
class PostgresCopyIT {

  @FunctionalInterface
  private interface Work {
    void run(Connection session, ChunkWriter writer) throws Exception;
  }

  /** A writer of the columns n and value of a table item. */
  private static void writing(String columns, Work work) throws Exception {
    ConnectionConfiguration database = TestServer.POSTGRESQL.newDatabase("copy");
    TestServer.execute(database, "CREATE TABLE item (" + columns + ")");
    try (Connection session = TestServer.open(database)) {
      writing(session, "item", work);
    }
  }

  private static void writing(Connection session, String name, Work work) throws Exception {
    PostgresDialect dialect = new PostgresDialect();
    TableShape table = dialect.describe(session, "public", name).orElseThrow();
    TableMapping mapping =
        TableMapping.of(
            table,
            name,
            new ColumnChoice(List.of("n"), List.of("n", "value"), List.of(), Map.of(), Map.of()));
    session.setAutoCommit(false);
    work.run(session, dialect.writer(session, "public", mapping, table));
  }

  private static void execute(Connection session, String... statements) throws SQLException {
    try (Statement statement = session.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
    session.commit();
  }

  private static void write(ChunkWriter writer, boolean straight, String... lines)
      throws SQLException {
    if (straight) {
      assertThat(writer.insert(TextRows.of(lines))).isEqualTo(lines.length);
    } else {
      assertThat(writer.merge(TextRows.of(lines))).isEqualTo(new MergeCounts(lines.length, 0));
    }
  }

  private static List<String> items(Connection session) throws SQLException {
    return TestServer.rows(session, "SELECT concat(n, '=', value) FROM item ORDER BY n");
  }

  private static RowRejectedException refused(
      Connection session, ChunkWriter writer, boolean straight, String... lines)
      throws SQLException {
    RowRejectedException[] refused = new RowRejectedException[1];
    assertThatThrownBy(() -> write(writer, straight, lines))
        .isInstanceOfSatisfying(RowRejectedException.class, e -> refused[0] = e);
    session.rollback();
    return refused[0];
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "oid", "money", "text[]", "interval", "inet", "bit(3)"})
  void otherTypesTravelAsTexts(String type) throws Exception {
    writing(
        "n integer PRIMARY KEY, value " + type,
        (session, writer) -> {
          assertThat(BinaryColumns.of(session, "item", List.of("n", "value"))).isEmpty();
          assertThat(BinaryColumns.of(session, "item", List.of("n"))).isPresent();
        });
  }

  @Test
  void aTypeOfSomebodysOwnTravelsAsText() throws Exception {
    ConnectionConfiguration database = TestServer.POSTGRESQL.newDatabase("copy");
    TestServer.execute(
        database,
        "CREATE TYPE mood AS ENUM ('glad')",
        "CREATE DOMAIN small AS integer CHECK (value < 10)",
        "CREATE TABLE item (a mood, b small)");
    try (Connection session = TestServer.open(database)) {
      assertThat(BinaryColumns.of(session, "item", List.of("a"))).isEmpty();
      assertThat(BinaryColumns.of(session, "item", List.of("b"))).isEmpty();
    }
  }

  /** The server asks for their functions all the same. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aColumnThatNobodyWritesMayHaveATypeWithoutABinaryForm(boolean straight) throws Exception {
    writing(
        "n integer PRIMARY KEY, value text, rights aclitem",
        (session, writer) -> {
          write(writer, straight, "1\tx");
          assertThat(items(session)).containsExactly("1=x");
        });
  }

  @Test
  void namesMayBeOddAndColumnsInAnotherOrder() throws Exception {
    ConnectionConfiguration database = TestServer.POSTGRESQL.newDatabase("copy");
    TestServer.execute(
        database,
        "CREATE TABLE \"Odd \"\"name.of it\" (gone date, value numeric(6,2), n smallint PRIMARY KEY)",
        "ALTER TABLE \"Odd \"\"name.of it\" DROP gone");
    try (Connection session = TestServer.open(database)) {
      writing(
          session,
          "Odd \"name.of it",
          (ignored, writer) -> {
            // Fields in the order of the source's columns, which is that of this table here.
            RowRejectedException refusal = refused(session, writer, true, "1.5\t1", "12345.67\t2");
            assertThat(refusal.row()).isEqualTo(2);
            write(writer, true, "1.5\t1", "\\N\t2");
          });
      assertThat(
              TestServer.rows(
                  session, "SELECT concat(n, '=', value) FROM \"Odd \"\"name.of it\" ORDER BY n"))
          .containsExactly("1=1.50", "2=");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aChunkGoesOnAsTextBehindWhatIsNotPlain(boolean straight) throws Exception {
    writing(
        "n integer PRIMARY KEY, value date",
        (session, writer) -> {
          write(writer, straight, "1\t2026-01-01", "2\tinfinity", "3\t2026-01-02", "4\t\\N");
          assertThat(items(session))
              .containsExactly("1=2026-01-01", "2=infinity", "3=2026-01-02", "4=");
        });
  }

  /** A look at each chunk would be in vain. */
  @Test
  void whereNoChunkBeginsWithPlainValuesAllAreTexts() throws Exception {
    writing(
        "n integer PRIMARY KEY, value numeric(6,2)",
        (session, writer) -> {
          for (int i = 0; i < 5; i++) {
            write(writer, true, i + "\tNaN", (10 + i) + "\t1.50");
          }
          session.commit();
          // Of a text alone the server says which it was.
          assertThat(refused(session, writer, true, "50\t12345.67").getMessage())
              .contains("column value: \"12345.67\"");
          assertThat(refused(session, writer, true, "51\t1.00", "1\t1.00").row()).isEqualTo(2);
          assertThat(items(session)).hasSize(10).contains("4=NaN", "14=1.50");
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theRowThatIsRefusedIsNamed(boolean straight) throws Exception {
    writing(
        "n integer PRIMARY KEY, value numeric(6,2)",
        (session, writer) -> {
          RowRejectedException byValue =
              refused(session, writer, straight, "1\t1.00", "2\t12345.67", "3\t1");
          assertThat(byValue.row()).isEqualTo(2);
          // So it was a value: of a text the server would say which.
          assertThat(byValue.getMessage()).containsPattern("(?m)COPY item, line 2, column value$");
          assertThat(Refusal.of(byValue, List.of("n", "value")).column()).isEqualTo("value");

          // So it is written once more, to be told, and in the next chunk of values no more.
          assertThat(writer.writesAgainAfter(byValue)).isTrue();
          RowRejectedException byText =
              refused(session, writer, straight, "1\t1.00", "2\t12345.67", "3\t1");
          assertThat(byText.row()).isEqualTo(2);
          assertThat(byText.getMessage()).contains("column value: \"12345.67\"");
          assertThat(Refusal.of(byText, List.of("n", "value")).column()).isEqualTo("value");
          assertThat(writer.writesAgainAfter(byText)).isFalse();
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theRowThatIsRefusedBehindOthersIsNamed(boolean straight) throws Exception {
    writing(
        "n integer PRIMARY KEY, value numeric(6,2)",
        (session, writer) -> {
          RowRejectedException behind =
              refused(session, writer, straight, "1\t1.00", "2\tNaN", "3\t1", "4\t12345.67");
          assertThat(behind.row()).isEqualTo(4);
          assertThat(writer.writesAgainAfter(behind)).isFalse();

          RowRejectedException twice =
              refused(session, writer, straight, "1\t1.00", "2\t2", "2\t3", "4\t4");
          assertThat(twice.row()).isEqualTo(3);
          assertThat(twice.duplicate()).isTrue();
          assertThat(twice.getMessage()).contains("(n)=(2)");
          // Rows may have exchanged a value, which is looked at next; it came as a value still.
          assertThat(refused(session, writer, straight, "7\t12345.67").getMessage())
              .containsPattern("(?m)column value$");
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void textsThatAreNoneAreRefused(boolean straight) throws Exception {
    writing(
        "n integer PRIMARY KEY, value text",
        (session, writer) -> {
          RowRejectedException refusal =
              refused(session, writer, straight, "1\tx", "2\tzero \0 inside");
          assertThat(refusal.row()).isEqualTo(2);
          assertThat(refusal.getSQLState()).isEqualTo("22021");
        });
  }

  /** A date has as many bytes as an integer, and a text takes any. */
  @ParameterizedTest
  @CsvSource({
    "'integer USING 0', 7, 7",
    "timestamptz, 2026-01-02 03:04:05, 2026-01-02 03:04:05+00",
    "text, 2026-01-02, 2026-01-02"
  })
  void aColumnMayChangeItsTypeBetweenChunks(String type, String text, String value)
      throws Exception {
    writing(
        "n integer PRIMARY KEY, value date",
        (session, writer) -> {
          write(writer, true, "1\t2026-01-01");
          session.commit();
          execute(session, "ALTER TABLE item ALTER value TYPE " + type);

          write(writer, true, "2\t" + text);

          assertThat(items(session)).contains("2=" + value);
        });
  }

  /** The reference is looked at behind the whole chunk. */
  @Test
  void aRowMayReferToOneThatComesAsText() throws Exception {
    writing(
        "n integer PRIMARY KEY, value double precision, boss integer GENERATED ALWAYS AS"
            + " (CASE WHEN n = 1 THEN 3 END) STORED REFERENCES item",
        (session, writer) -> {
          write(writer, true, "1\t1.5", "2\tInfinity", "3\t\\N");
          session.commit();
          assertThat(items(session)).containsExactly("1=1.5", "2=Infinity", "3=");
        });
  }

  /** As COPY itself does, which locks only those partitions into which rows go. */
  @Test
  void noPartitionIsLockedToLookAtATable() throws Exception {
    ConnectionConfiguration database = TestServer.POSTGRESQL.newDatabase("copy");
    TestServer.execute(
        database,
        "CREATE TABLE item (n integer PRIMARY KEY, value text) PARTITION BY RANGE (n)",
        "CREATE TABLE item_low PARTITION OF item FOR VALUES FROM (0) TO (10)",
        "CREATE TABLE item_high PARTITION OF item FOR VALUES FROM (10) TO (20)");
    try (Connection session = TestServer.open(database)) {
      writing(
          session,
          "item",
          (ignored, writer) -> {
            session.commit();
            assertThat(BinaryColumns.of(session, "item", List.of("n", "value"))).isPresent();
            assertThat(
                    TestServer.rows(
                        session,
                        "SELECT relation::regclass || ' ' || mode FROM pg_locks"
                            + " WHERE pid = pg_backend_pid()"
                            + " AND relation::regclass::text LIKE 'item%'"))
                .containsExactly("item RowExclusiveLock");
            write(writer, true, "1\tx", "11\ty");
            assertThat(items(session)).containsExactly("1=x", "11=y");
          });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"item", "item_low"})
  void referencesOfPartitionsCountToo(String to) throws Exception {
    ConnectionConfiguration database = TestServer.POSTGRESQL.newDatabase("copy");
    TestServer.execute(
        database,
        "CREATE TABLE item (n integer PRIMARY KEY, boss integer) PARTITION BY RANGE (n)",
        "CREATE TABLE item_low PARTITION OF item FOR VALUES FROM (0) TO (10)",
        "ALTER TABLE item_low ADD FOREIGN KEY (boss) REFERENCES " + to);
    try (Connection session = TestServer.open(database)) {
      session.setAutoCommit(false);
      assertThat(BinaryColumns.of(session, "item", List.of("n"))).isEmpty();
      assertThat(BinaryColumns.of(session, "item_low", List.of("n"))).isEmpty();
    }
  }

  @Test
  void aViewTakesRowsByItsTrigger() throws Exception {
    ConnectionConfiguration database = TestServer.POSTGRESQL.newDatabase("copy");
    TestServer.execute(
        database,
        "CREATE TABLE item (n integer PRIMARY KEY, value text)",
        "CREATE VIEW seen AS SELECT n, value FROM item",
        "CREATE FUNCTION put() RETURNS trigger LANGUAGE plpgsql AS"
            + " $$ BEGIN INSERT INTO item VALUES (new.n, new.value); RETURN new; END $$",
        "CREATE TRIGGER puts INSTEAD OF INSERT ON seen FOR EACH ROW EXECUTE FUNCTION put()");
    try (Connection session = TestServer.open(database)) {
      session.setAutoCommit(false);
      PostgresCopy copy = new PostgresCopy(session, "n, value", List.of("n", "value"));
      assertThat(BinaryColumns.of(session, "seen", List.of("n", "value"))).isEmpty();
      assertThat(copy.load("seen", TextRows.of("1\tx", "2\ty"))).isEqualTo(2);
      assertThat(items(session)).containsExactly("1=x", "2=y");
    }
  }

  @Test
  void triggersSeeAChunkAsAWhole() throws Exception {
    writing(
        "n integer PRIMARY KEY, value double precision",
        (session, writer) -> {
          execute(
              session,
              "CREATE TABLE fired (n bigint)",
              "CREATE FUNCTION fire() RETURNS trigger LANGUAGE plpgsql AS"
                  + " $$ BEGIN INSERT INTO fired SELECT count(*) FROM new; RETURN NULL; END $$",
              "CREATE TRIGGER fires AFTER INSERT ON item REFERENCING NEW TABLE AS new"
                  + " EXECUTE FUNCTION fire()");
          write(writer, true, "1\t1.5", "2\tInfinity", "3\t\\N");
          assertThat(TestServer.rows(session, "SELECT n FROM fired")).containsExactly("3");
        });
  }

  /** As a text would be: the session says in which encoding it comes. */
  @ParameterizedTest
  @ValueSource(strings = {"LATIN1", "SQL_ASCII"})
  void textsComeInTheEncodingOfTheSession(String encoding) throws Exception {
    ConnectionConfiguration there = TestServer.POSTGRESQL.newDatabase("copy");
    String database = there.jdbcUrl().replaceFirst(".*/", "") + "_encoded";
    TestServer.POSTGRESQL.execute(
        "CREATE DATABASE "
            + database
            + " TEMPLATE template0 LOCALE 'C' ENCODING '"
            + encoding
            + "'");
    ConnectionConfiguration encoded =
        new ConnectionConfiguration(
            "copy",
            there.type(),
            there.jdbcUrl() + "_encoded",
            there.username(),
            "",
            there.schema(),
            8,
            false);
    TestServer.execute(encoded, "CREATE TABLE item (n integer PRIMARY KEY, value text)");
    try (Connection session = TestServer.open(encoded)) {
      writing(
          session,
          "item",
          (ignored, writer) -> {
            write(writer, true, "1\té");
            assertThat(
                    TestServer.rows(
                        session, "SELECT encode(convert_to(value, 'UTF8'), 'hex') FROM item"))
                .containsExactly("c3a9");
          });
    }
  }
}
