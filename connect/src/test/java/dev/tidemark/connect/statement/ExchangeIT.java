package dev.tidemark.connect.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.connection.Connections;
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
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows of one chunk that give unique values to each other. */
class ExchangeIT {

  private static final String TABLE =
      "CREATE TABLE item (id int PRIMARY KEY, code varchar(20) UNIQUE, note varchar(20))";

  private static final String ROWS =
      "INSERT INTO item (id, code) VALUES (1, 'a'), (2, 'b'), (3, 'c'), (4, 'd')";

  private static final TableShape SOURCE =
      new TableShape(
          "shop",
          "item",
          List.of(
              new Column("id", ColumnType.of(ColumnKind.INT32, "integer"), false, false),
              new Column(
                  "code", ColumnType.sized(ColumnKind.TEXT, 20, "varchar(20)"), true, false)),
          List.of("id"),
          0);

  private static ConnectionConfiguration database(TestServer server, String... statements) {
    assumeTrue(server.available(), "set TIDEMARK_TEST_MYSQL_URL to run this");
    ConnectionConfiguration database = server.newDatabase("exchange");
    TestServer.execute(database, statements);
    return database;
  }

  private static ChunkWriter writer(Connection session, ConnectionConfiguration database)
      throws SQLException {
    return writer(session, Dialects.of(database.type()), database.schema(), "item");
  }

  private static ChunkWriter writer(
      Connection session, Dialect dialect, String schema, String table) throws SQLException {
    TableShape target = dialect.describe(session, schema, table).orElseThrow();
    TableMapping mapping =
        TableMapping.of(
            SOURCE, table, new ColumnChoice(List.of(), List.of(), List.of(), Map.of(), Map.of()));
    session.setAutoCommit(false);
    return dialect.writer(session, schema, mapping, target);
  }

  /** As a copy does it: once more where the writer says that this may help. */
  private static MergeCounts merged(Connection session, ChunkWriter writer, String... lines)
      throws SQLException {
    MergeCounts counts;
    try {
      counts = writer.merge(TextRows.of(lines));
    } catch (RowRejectedException e) {
      session.rollback();
      if (!writer.writesAgainAfter(e)) {
        throw e;
      }
      counts = writer.merge(TextRows.of(lines));
    }
    session.commit();
    return counts;
  }

  private static void assertRefused(Connection session, ChunkWriter writer, String... lines)
      throws SQLException {
    assertThatThrownBy(() -> merged(session, writer, lines))
        .isInstanceOfSatisfying(
            RowRejectedException.class, e -> assertThat(e.duplicate()).as(e.getMessage()).isTrue());
    session.rollback();
  }

  private static List<String> codes(Connection session) throws SQLException {
    return TestServer.rows(session, "SELECT concat(id, coalesce(code, '-')) FROM item ORDER BY id");
  }

  @ParameterizedTest
  @EnumSource
  void rowsExchangeRotateAndPassOnUniqueValues(TestServer server) throws Exception {
    ConnectionConfiguration database = database(server, TABLE, ROWS);
    try (Connections connections = new Connections(List.of(database));
        Connection session = connections.openToLoad("exchange")) {
      ChunkWriter writer = writer(session, database);
      assertThat(merged(session, writer, "1\tb", "2\ta", "3\tc", "4\td"))
          .isEqualTo(new MergeCounts(0, 2));
      assertThat(codes(session)).containsExactly("1b", "2a", "3c", "4d");
      assertThat(merged(session, writer, "1\ta", "2\tc", "3\tb", "4\td"))
          .as("around")
          .isEqualTo(new MergeCounts(0, 3));
      assertThat(codes(session)).containsExactly("1a", "2c", "3b", "4d");
      assertThat(merged(session, writer, "1\tc", "2\tb", "3\td", "4\te", "5\ta"))
          .as("to the next one, and the first one's to a new row")
          .isEqualTo(new MergeCounts(1, 4));
      assertThat(codes(session)).containsExactly("1c", "2b", "3d", "4e", "5a");
      assertThat(merged(session, writer, "1\tc", "2\tB", "3\td")).isEqualTo(new MergeCounts(0, 1));
      assertThat(merged(session, writer, "1\t\\N", "2\tc", "5\tB"))
          .isEqualTo(new MergeCounts(0, 3));
      assertThat(codes(session)).containsExactly("1-", "2c", "3d", "4e", "5B");
    }
  }

  @ParameterizedTest
  @EnumSource
  void manyRowsExchangeAtOnce(TestServer server) throws Exception {
    ConnectionConfiguration database = database(server, TABLE);
    try (Connections connections = new Connections(List.of(database));
        Connection session = connections.openToLoad("exchange")) {
      ChunkWriter writer = writer(session, database);
      int rows = 5_000;
      writer.insert(
          TextRows.of(IntStream.range(0, rows).mapToObj(i -> i + "\t" + i).toArray(String[]::new)));
      session.commit();
      String[] reversed =
          IntStream.range(0, rows).mapToObj(i -> i + "\t" + (rows - 1 - i)).toArray(String[]::new);
      assertThat(merged(session, writer, reversed)).isEqualTo(new MergeCounts(0, rows));
      assertThat(merged(session, writer, reversed)).isEqualTo(new MergeCounts(0, 0));
      assertThat(
              TestServer.rows(
                  session, "SELECT count(*) FROM item WHERE code = concat('', 4999 - id)"))
          .containsExactly("5000");
    }
  }

  private static Stream<Arguments> indexes() {
    return Stream.of(
        Arguments.of(
            TestServer.POSTGRESQL, "ALTER TABLE item ADD EXCLUDE USING btree (code WITH =)"),
        Arguments.of(
            TestServer.POSTGRESQL, "ALTER TABLE item ADD UNIQUE NULLS NOT DISTINCT (code)"),
        Arguments.of(TestServer.POSTGRESQL, "CREATE UNIQUE INDEX ON item (code) WHERE code <> 'z'"),
        Arguments.of(TestServer.POSTGRESQL, "CREATE UNIQUE INDEX ON item (lower(code))"),
        Arguments.of(TestServer.MYSQL, "CREATE UNIQUE INDEX letters ON item ((lower(code)))"));
  }

  @ParameterizedTest
  @MethodSource("indexes")
  void whateverSaysThatValuesAreUnique(TestServer server, String index) throws Exception {
    ConnectionConfiguration database = database(server, TABLE.replace(" UNIQUE", ""), ROWS, index);
    try (Connections connections = new Connections(List.of(database));
        Connection session = connections.openToLoad("exchange")) {
      ChunkWriter writer = writer(session, database);
      assertThat(merged(session, writer, "1\tb", "2\ta", "3\t\\N"))
          .isEqualTo(new MergeCounts(0, 3));
      assertThat(merged(session, writer, "1\t\\N", "2\tb", "3\ta"))
          .isEqualTo(new MergeCounts(0, 3));
      assertThat(codes(session)).containsExactly("1-", "2b", "3a", "4d");
      assertThatThrownBy(() -> merged(session, writer, "2\ta", "3\td"))
          .isInstanceOf(RowRejectedException.class);
      session.rollback();
    }
  }

  /** Such as the mark of a row that was deleted, and what the table computes. */
  @ParameterizedTest
  @EnumSource
  void whatTheSourceDoesNotHaveStaysAsItIs(TestServer server) throws Exception {
    ConnectionConfiguration database =
        database(
            server,
            "CREATE TABLE item (id int PRIMARY KEY, gone_at timestamp NULL, code varchar(20)"
                + " UNIQUE, letters int GENERATED ALWAYS AS (char_length(code)) STORED, own "
                + (server == TestServer.POSTGRESQL
                    ? "int GENERATED ALWAYS AS IDENTITY (START 7))"
                    : "int NOT NULL AUTO_INCREMENT UNIQUE) AUTO_INCREMENT = 7"),
            "INSERT INTO item (id, gone_at, code)"
                + " VALUES (1, '2020-01-02 03:04:05', 'a'), (2, NULL, 'bb'), (3, NULL, 'c')");
    try (Connections connections = new Connections(List.of(database));
        Connection session = connections.openToLoad("exchange")) {
      ChunkWriter writer = writer(session, database);
      assertThat(merged(session, writer, "1\tbb", "2\ta")).isEqualTo(new MergeCounts(0, 2));
      assertThat(
              TestServer.rows(
                  session,
                  "SELECT concat_ws(' ', id, coalesce(substr(cast(gone_at AS char(30)), 1, 19),"
                      + " '-'), code, letters, own) FROM item ORDER BY id"))
          .containsExactly("1 2020-01-02 03:04:05 bb 2 7", "2 - a 1 8", "3 - c 1 9");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aValueOfARowThatIsNotInTheChunkIsRefused(TestServer server) throws Exception {
    ConnectionConfiguration database = database(server, TABLE, ROWS);
    try (Connections connections = new Connections(List.of(database));
        Connection session = connections.openToLoad("exchange")) {
      ChunkWriter writer = writer(session, database);
      assertRefused(session, writer, "1\tb", "2\ta", "3\td");
      assertRefused(session, writer, "1\tx", "2\tx");
      assertRefused(session, writer, "9\td");
      assertThat(codes(session)).containsExactly("1a", "2b", "3c", "4d");
      assertThat(merged(session, writer, "1\tb", "2\ta")).isEqualTo(new MergeCounts(0, 2));
      assertThat(codes(session)).containsExactly("1b", "2a", "3c", "4d");
    }
  }

  /** A temporary table of all columns cannot be made in a session that is strict. */
  private static String tooWide() {
    return IntStream.range(0, 40)
        .mapToObj(i -> "ADD wide_" + i + " char(255) CHARACTER SET latin1")
        .collect(Collectors.joining(", ", "ALTER TABLE item ", ""));
  }

  private static Stream<Arguments> noticing() {
    String child = "CREATE TABLE child (item int REFERENCES item (id) ON DELETE CASCADE)";
    String mysqlChild =
        "CREATE TABLE child (item int, FOREIGN KEY (item) REFERENCES item (id) ON DELETE CASCADE)";
    String selfReference =
        "ALTER TABLE item ADD parent int,"
            + " ADD FOREIGN KEY (parent) REFERENCES item (id) ON DELETE SET NULL";
    return Stream.of(
        Arguments.of(TestServer.POSTGRESQL, child, "INSERT INTO child VALUES (1), (2)"),
        Arguments.of(
            TestServer.POSTGRESQL,
            "CREATE FUNCTION look() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
            "CREATE TRIGGER look AFTER UPDATE ON item EXECUTE FUNCTION look()"),
        Arguments.of(
            TestServer.POSTGRESQL,
            "CREATE TABLE heir (more int) INHERITS (item)",
            "INSERT INTO heir VALUES (5, 'e')"),
        Arguments.of(
            TestServer.POSTGRESQL,
            "CREATE TABLE whole (LIKE item) PARTITION BY RANGE (id)",
            "ALTER TABLE whole ATTACH PARTITION item FOR VALUES FROM (0) TO (100)"),
        Arguments.of(
            TestServer.POSTGRESQL,
            "CREATE PUBLICATION warehouse FOR TABLE item WITH (publish = 'insert, update')",
            "CREATE PUBLICATION others FOR ALL TABLES"),
        Arguments.of(
            TestServer.POSTGRESQL,
            "CREATE PUBLICATION history FOR ALL TABLES WITH (publish = 'insert, delete')",
            "SELECT 1"),
        Arguments.of(
            TestServer.POSTGRESQL,
            "ALTER TABLE item ADD parent int REFERENCES item (id) ON DELETE SET NULL",
            "UPDATE item SET parent = 1"),
        Arguments.of(TestServer.MARIADB, selfReference, "UPDATE item SET parent = 1"),
        Arguments.of(TestServer.MYSQL, selfReference, "UPDATE item SET parent = 1"),
        Arguments.of(TestServer.MARIADB, mysqlChild, "INSERT INTO child VALUES (1), (2)"),
        Arguments.of(TestServer.MYSQL, mysqlChild, "INSERT INTO child VALUES (1), (2)"),
        Arguments.of(
            TestServer.MARIADB,
            "CREATE TRIGGER look BEFORE DELETE ON item FOR EACH ROW SET @x = 1",
            "SELECT 1"),
        Arguments.of(
            TestServer.MYSQL,
            "CREATE TRIGGER look BEFORE DELETE ON item FOR EACH ROW SET @x = 1",
            "SELECT 1"),
        Arguments.of(TestServer.MARIADB, "SET SESSION innodb_strict_mode = OFF", tooWide()),
        Arguments.of(TestServer.MYSQL, "SET SESSION innodb_strict_mode = OFF", tooWide()),
        Arguments.of(
            TestServer.MARIADB,
            "ALTER TABLE item ADD seen datetime DEFAULT '2020-01-01' ON UPDATE CURRENT_TIMESTAMP",
            "SELECT 1"),
        Arguments.of(
            TestServer.MYSQL,
            "ALTER TABLE item ADD seen datetime DEFAULT '2020-01-01' ON UPDATE CURRENT_TIMESTAMP",
            "SELECT 1"));
  }

  @ParameterizedTest
  @MethodSource("noticing")
  void rowsStayWhereSomebodyWouldNoticeThatTheyAreAway(
      TestServer server, String one, String another) throws Exception {
    ConnectionConfiguration database = database(server, TABLE, ROWS, one, another);
    try (Connections connections = new Connections(List.of(database));
        Connection session = connections.openToLoad("exchange")) {
      ChunkWriter writer = writer(session, database);
      assertRefused(session, writer, "1\tb", "2\ta");
      assertThat(codes(session)).startsWith("1a", "2b", "3c", "4d");
    }
  }

  private static Stream<Arguments> later() {
    return Stream.of(TestServer.values())
        .flatMap(
            server ->
                Stream.of(
                    Arguments.of(
                        server,
                        "CREATE TABLE child (item int, FOREIGN KEY (item) REFERENCES item (id)"
                            + " ON DELETE CASCADE)",
                        "INSERT INTO child VALUES (1), (2)",
                        "SELECT item FROM child ORDER BY item",
                        List.of("1", "2")),
                    Arguments.of(
                        server,
                        server == TestServer.POSTGRESQL
                            ? "CREATE FUNCTION look() RETURNS trigger LANGUAGE plpgsql AS"
                                + " 'BEGIN DELETE FROM item WHERE id = 4; RETURN NULL; END'"
                            : "CREATE TABLE seen (id int)",
                        server == TestServer.POSTGRESQL
                            ? "CREATE TRIGGER look AFTER DELETE ON item FOR EACH ROW"
                                + " EXECUTE FUNCTION look()"
                            : "CREATE TRIGGER look AFTER DELETE ON item FOR EACH ROW"
                                + " INSERT INTO seen VALUES (OLD.id)",
                        server == TestServer.POSTGRESQL
                            ? "SELECT id FROM item WHERE id = 4"
                            : "SELECT count(*) FROM seen",
                        List.of(server == TestServer.POSTGRESQL ? "4" : "0")),
                    Arguments.of(
                        server,
                        "ALTER TABLE item ADD own varchar(9)",
                        "UPDATE item SET own = concat('of ', id)",
                        "SELECT own FROM item WHERE id < 3 ORDER BY id",
                        List.of("of 1", "of 2")),
                    Arguments.of(
                        server,
                        server == TestServer.POSTGRESQL
                            ? "ALTER TABLE item ALTER note TYPE varchar(30)"
                            : "ALTER TABLE item MODIFY note varchar(30)",
                        "UPDATE item SET note = concat('a longer text than before ', id)",
                        "SELECT note FROM item WHERE id < 3 ORDER BY id",
                        List.of("a longer text than before 1", "a longer text than before 2"))));
  }

  /** Between two chunks of a long pass a table may be altered. */
  @ParameterizedTest
  @MethodSource("later")
  void whatComesToTheTableLaterIsNoticed(
      TestServer server, String one, String another, String query, List<String> expected)
      throws Exception {
    ConnectionConfiguration database = database(server, TABLE, ROWS);
    try (Connections connections = new Connections(List.of(database));
        Connection session = connections.openToLoad("exchange")) {
      ChunkWriter writer = writer(session, database);
      assertThat(merged(session, writer, "1\tb", "2\ta")).isEqualTo(new MergeCounts(0, 2));
      TestServer.execute(database, one, another);
      assertRefused(session, writer, "1\ta", "2\tb");
      assertThat(codes(session)).containsExactly("1b", "2a", "3c", "4d");
      assertThat(TestServer.rows(session, query)).isEqualTo(expected);
      assertThat(merged(session, writer, "1\tx", "3\tc")).isEqualTo(new MergeCounts(0, 1));
    }
  }

  private static Stream<Arguments> users() {
    return Stream.of(
        Arguments.of(TestServer.POSTGRESQL, List.of("GRANT SELECT, INSERT, UPDATE ON item TO %s")),
        Arguments.of(
            TestServer.POSTGRESQL,
            List.of("GRANT SELECT (id, code), INSERT, UPDATE, DELETE ON item TO %s")),
        Arguments.of(
            TestServer.MYSQL,
            List.of(
                "GRANT PROCESS ON *.* TO %s",
                "GRANT TRIGGER, CREATE TEMPORARY TABLES ON %s.* TO %1$s",
                "GRANT SELECT, INSERT, UPDATE ON %s.item TO %1$s")),
        Arguments.of(
            TestServer.MYSQL,
            List.of(
                "GRANT PROCESS ON *.* TO %s",
                "GRANT TRIGGER, CREATE TEMPORARY TABLES ON %s.* TO %1$s",
                "GRANT SELECT (id, code), INSERT, UPDATE, DELETE ON %s.item TO %1$s")),
        Arguments.of(
            TestServer.MYSQL,
            List.of(
                "GRANT PROCESS ON *.* TO %s",
                "GRANT TRIGGER, CREATE TEMPORARY TABLES ON %s.* TO %1$s",
                "GRANT DELETE, SELECT (id, code), INSERT (id, code), UPDATE (id, code)"
                    + " ON %s.item TO %1$s")));
  }

  /** Some columns are read by nobody but their owner, or not even seen. */
  @ParameterizedTest
  @MethodSource("users")
  void whoHasFewRightsGetsTheRefusalAsItWas(TestServer server, List<String> grants)
      throws Exception {
    ConnectionConfiguration database = database(server, TABLE, ROWS);
    String url = database.jdbcUrl();
    String user = url.replaceAll("\\?.*", "").substring(url.lastIndexOf('/') + 1);
    TestServer.execute(
        database,
        Stream.of(
                List.of(
                    "UPDATE item SET note = concat('of ', id)",
                    server == TestServer.POSTGRESQL
                        ? "CREATE ROLE " + user + " LOGIN"
                        : "CREATE USER " + user + " IDENTIFIED BY 'Few-1-few'"),
                grants.stream().map(grant -> grant.formatted(user)).toList())
            .flatMap(List::stream)
            .toArray(String[]::new));
    ConnectionConfiguration few =
        new ConnectionConfiguration(
            "few", database.type(), url, user, "Few-1-few", database.schema(), 2, false);
    try (Connections connections = new Connections(List.of(few));
        Connection session = connections.openToLoad("few")) {
      ChunkWriter writer = writer(session, few);
      assertThat(merged(session, writer, "1\tx", "2\tb")).isEqualTo(new MergeCounts(0, 1));
      assertRefused(session, writer, "1\tb", "2\tx");
      assertRefused(session, writer, "1\tb", "2\tx");
      assertThat(merged(session, writer, "1\ta", "2\tb")).isEqualTo(new MergeCounts(0, 1));
    } finally {
      TestServer.execute(
          database,
          server == TestServer.POSTGRESQL ? "DROP OWNED BY " + user : "SELECT 1",
          (server == TestServer.POSTGRESQL ? "DROP ROLE " : "DROP USER ") + user);
    }
    try (Connection session = TestServer.open(database)) {
      assertThat(
              TestServer.rows(session, "SELECT concat(id, code, ' ', note) FROM item ORDER BY id"))
          .containsExactly("1a of 1", "2b of 2", "3c of 3", "4d of 4");
    }
  }

  /** It gets both halves of it. */
  @Test
  void whoSubscribesToAllChangesHoldsNothingUp() throws Exception {
    ConnectionConfiguration database =
        database(TestServer.POSTGRESQL, TABLE, ROWS, "CREATE PUBLICATION all_of_it FOR TABLE item");
    try (Connections connections = new Connections(List.of(database));
        Connection session = connections.openToLoad("exchange")) {
      ChunkWriter writer = writer(session, database);
      assertThat(merged(session, writer, "1\tb", "2\ta")).isEqualTo(new MergeCounts(0, 2));
    }
  }

  private static Stream<Arguments> names() {
    return Stream.of(TestServer.values())
        .flatMap(
            server ->
                Stream.of("item", "the item-list", "Ärtikel@1")
                    .flatMap(
                        table ->
                            Stream.of("CASCADE", "SET NULL")
                                .map(then -> Arguments.of(server, table, then))));
  }

  /** MariaDB lists them under names of its own. */
  @ParameterizedTest
  @MethodSource("names")
  void aForeignKeyIsSeenWhateverItsTableIsCalled(TestServer server, String table, String then)
      throws Exception {
    ConnectionConfiguration database = database(server);
    Dialect dialect = Dialects.of(database.type());
    String schema = database.schema() + "-hq no 1";
    String item = dialect.quote(schema, table);
    String child = dialect.quote(schema, "child");
    TestServer.execute(
        database,
        "CREATE SCHEMA " + dialect.quote(schema),
        TABLE.replace("item", item),
        ROWS.replace("item", item),
        ("CREATE TABLE " + child + " (item int, FOREIGN KEY (item) REFERENCES " + item)
            + (" (id) ON DELETE " + then + ")"),
        "INSERT INTO " + child + " VALUES (1), (2)");
    try (Connections connections = new Connections(List.of(database));
        Connection session = connections.openToLoad("exchange")) {
      assertRefused(session, writer(session, dialect, schema, table), "1\tb", "2\ta");
      assertThat(TestServer.rows(session, "SELECT item FROM " + child + " ORDER BY item"))
          .containsExactly("1", "2");
      assertThat(TestServer.rows(session, "SELECT code FROM " + item + " ORDER BY id"))
          .containsExactly("a", "b", "c", "d");
    } finally {
      TestServer.execute(
          database,
          "DROP TABLE " + child,
          "DROP TABLE " + item,
          "DROP SCHEMA " + dialect.quote(schema));
    }
  }

  /** Such names have another spelling once more, which no new foreign key finds. */
  @Test
  void aForeignKeyIsSeenThatCameBeforeTheNameOfADevice() throws Exception {
    ConnectionConfiguration database =
        database(
            TestServer.MARIADB,
            TABLE,
            ROWS,
            "CREATE TABLE child (item int, FOREIGN KEY (item) REFERENCES item (id)"
                + " ON DELETE CASCADE)",
            "INSERT INTO child VALUES (1), (2)",
            "RENAME TABLE item TO con");
    try (Connections connections = new Connections(List.of(database));
        Connection session = connections.openToLoad("exchange")) {
      Dialect dialect = Dialects.of(database.type());
      assertRefused(session, writer(session, dialect, database.schema(), "con"), "1\tb", "2\ta");
      assertThat(TestServer.rows(session, "SELECT item FROM child ORDER BY item"))
          .containsExactly("1", "2");
    }
  }

  /** Nothing but what a chunk took before, as long as no two values collide. */
  @Test
  void aTableWhereNothingCollidesPaysNothing() throws Exception {
    ConnectionConfiguration database = database(TestServer.POSTGRESQL, TABLE, ROWS);
    try (Connections connections = new Connections(List.of(database));
        Connection session = connections.openToLoad("exchange")) {
      ChunkWriter writer = writer(session, database);
      assertThat(merged(session, writer, "1\tx", "2\tb")).isEqualTo(new MergeCounts(0, 1));
      assertThat(
              TestServer.rows(
                  session, "SELECT relname FROM pg_class WHERE relname = 'tidemark_parked'"))
          .isEmpty();
    }
  }
}
