package dev.tidemark.connect.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.connection.Connections;
import dev.tidemark.connect.dialect.Dialects;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.connect.table.ColumnChoice;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.KeyRange;
import dev.tidemark.connect.table.SourceTable;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class ChunkReaderIT {

  private static final int ROWS = 60;

  /** A source with the table {@code item}, and a session that reads it. */
  private record Source(ConnectionConfiguration database, Connection session, TableMapping mapping)
      implements AutoCloseable {

    static Source of(TestServer server, String... statements) throws SQLException {
      assumeTrue(server.available(), "set TIDEMARK_TEST_MYSQL_URL to run this");
      ConnectionConfiguration database = server.newDatabase("reader");
      TestServer.execute(database, statements);
      Connection session = TestServer.open(database);
      TableShape item =
          Dialects.of(database.type()).describe(session, database.schema(), "item").orElseThrow();
      return new Source(database, session, TableMapping.of(item, "item", ColumnChoice.ALL));
    }

    ChunkReader reader(int chunkRows, @Nullable List<String> after, Duration patience) {
      Dialect dialect = Dialects.of(database.type());
      return new ChunkReader(
          new SourceTable(session, dialect, mapping),
          dialect,
          new OpenRange(after, null),
          ChunkSize.of(chunkRows),
          patience);
    }

    ChunkReader reader(int chunkRows, @Nullable List<String> after) {
      return reader(chunkRows, after, Duration.ofMinutes(1));
    }

    String single(String query) throws SQLException {
      try (Statement statement = session.createStatement();
          ResultSet row = statement.executeQuery(query)) {
        row.next();
        return row.getString(1);
      }
    }

    void execute(String statement) throws SQLException {
      try (Statement executed = session.createStatement()) {
        executed.execute(statement);
      }
    }

    @Override
    public void close() throws SQLException {
      session.abort(Runnable::run);
    }
  }

  /** Keys of two columns, in whose order the numbers run. */
  private static Source numbered(TestServer server) throws SQLException {
    return Source.of(
        server,
        "CREATE TABLE item (shelf varchar(9) NOT NULL, place int NOT NULL, number int,"
            + " PRIMARY KEY (shelf, place))",
        "INSERT INTO item WITH RECURSIVE n (i) AS"
            + (" (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + ROWS + ")")
            + " SELECT CASE WHEN i <= 25 THEN 'a' ELSE 'b' END, i, i FROM n ORDER BY i DESC");
  }

  /** More than is read ahead. */
  private static Source wide(TestServer server) throws SQLException {
    return Source.of(
        server,
        "CREATE TABLE item (number int PRIMARY KEY, note text)",
        "INSERT INTO item SELECT d1.d * 1000 + d2.d * 100 + d3.d * 10 + d4.d, repeat('x', 10000)"
            + " FROM (DIGITS) d1, (DIGITS) d2, (DIGITS) d3, (DIGITS) d4"
                .replace(
                    "DIGITS",
                    "SELECT 0 AS d UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4"
                        + " UNION SELECT 5 UNION SELECT 6 UNION SELECT 7"));
  }

  private static List<Integer> numbers(ChunkReader.Chunk chunk) throws IOException {
    String lines = new String(chunk.rows().readAllBytes(), StandardCharsets.UTF_8);
    List<Integer> numbers =
        lines.lines().map(line -> Integer.valueOf(line.split("\t", -1)[2])).toList();
    assertThat(chunk.rows().rows()).isEqualTo(numbers.size());
    return numbers;
  }

  @ParameterizedTest
  @EnumSource
  void chunksCoverEveryRowOnceAndTheLastHasAnOpenEnd(TestServer server) throws Exception {
    try (Source source = numbered(server)) {
      for (int start : new int[] {0, 1, 24, 25, ROWS - 1, ROWS}) {
        for (int chunkRows : new int[] {1, 7, 20, 25, ROWS - 1, ROWS, ROWS + 1}) {
          assertCovers(source, start, chunkRows);
        }
      }
    }
  }

  private static void assertCovers(Source source, int start, int chunkRows) throws Exception {
    List<String> after = start == 0 ? null : key(start);
    List<Integer> all = new ArrayList<>();
    try (ChunkReader reader = source.reader(chunkRows, after)) {
      KeyRange range;
      do {
        ChunkReader.Chunk chunk = reader.next();
        range = chunk.range();
        assertThat(range.after()).isEqualTo(after);
        List<Integer> numbers = numbers(chunk);
        all.addAll(numbers);
        after = range.upTo();
        if (after != null) {
          assertThat(numbers).hasSize(chunkRows);
          assertThat(after).isEqualTo(key(numbers.getLast()));
        }
      } while (range.upTo() != null);
    }
    List<Integer> expected = new ArrayList<>();
    for (int number = start + 1; number <= ROWS; number++) {
      expected.add(number);
    }
    assertThat(all).as("after %s by %s", start, chunkRows).isEqualTo(expected);
  }

  /** Keys far apart, then close together, then far apart again. */
  @ParameterizedTest
  @EnumSource
  void endsOfNumbersMayBeGuessed(TestServer server) throws Exception {
    String digits =
        "SELECT 0 AS d UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4"
            + " UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9";
    try (Source source =
        Source.of(
            server,
            "CREATE TABLE digit (d int PRIMARY KEY)",
            "INSERT INTO digit " + digits,
            "CREATE TABLE item (number bigint PRIMARY KEY)",
            "INSERT INTO item SELECT CASE WHEN i < 60000 THEN i * 17 - 700000 + (i % 13) * (i % 7) % 16"
                + " WHEN i < 90000 THEN i + 60000 * 16 - 700000 ELSE i * 1000000000000 END"
                + " FROM (SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d AS i"
                + " FROM digit a, digit b, digit c, digit e, digit f) AS numbers")) {
      assertThat(guessedEnds(server, source, source.mapping(), 100_000))
          .matches(guessed -> server == TestServer.POSTGRESQL ? guessed == 0 : guessed > 5);

      List<List<String>> single =
          IntStream.range(0, 200)
              .mapToObj(i -> List.of(Integer.toString(i * 91 * 17 - 700_000)))
              .toList();
      TableMapping without = source.mapping().without(dialect(server), single);
      assertThat(guessedEnds(server, source, without, 100_000 - 200))
          .matches(guessed -> server == TestServer.POSTGRESQL ? guessed == 0 : guessed > 5);
    }
  }

  /** How many chunks end with a key that no row has. */
  private static int guessedEnds(
      TestServer server, Source source, TableMapping mapping, int expectedRows) throws Exception {
    ChunkSize size = ChunkSize.adaptive();
    List<Long> all = new ArrayList<>();
    int guessed = 0;
    List<String> after = null;
    try (ChunkReader reader =
        new ChunkReader(
            new SourceTable(source.session(), dialect(server), mapping),
            dialect(server),
            new OpenRange(null, null),
            size)) {
      ChunkReader.Chunk chunk;
      do {
        chunk = reader.next();
        assertThat(chunk.range().after()).isEqualTo(after);
        after = chunk.range().upTo();
        String lines = new String(chunk.rows().readAllBytes(), StandardCharsets.UTF_8);
        List<Long> rows = lines.lines().map(line -> Long.valueOf(line.split("\t", -1)[0])).toList();
        all.addAll(rows);
        assertThat(rows.size()).isLessThan(6 * size.rows());
        assertThat(after == null || !rows.isEmpty()).isTrue();
        boolean isOfNoRow = after != null && !after.equals(List.of(rows.getLast().toString()));
        guessed += isOfNoRow ? 1 : 0;
      } while (!chunk.last());
    }
    assertThat(after).isNull();
    assertThat(all).hasSize(expectedRows).isSorted().doesNotHaveDuplicates();
    return guessed;
  }

  /** The MariaDB of tests knows no rights. */
  @ParameterizedTest
  @EnumSource(names = "MYSQL")
  void aViewIsReadByWhoMayNotLookIntoIt(TestServer server) throws Exception {
    try (Source source =
        Source.of(
            server,
            "CREATE TABLE item (number int PRIMARY KEY)",
            "INSERT INTO item VALUES (1), (2), (3)")) {
      ConnectionConfiguration owner = source.database();
      String user = "'" + owner.schema() + "'@'%'";
      TestServer.execute(
          owner,
          "RENAME TABLE item TO kept",
          "CREATE VIEW item AS SELECT number FROM kept",
          "CREATE USER " + user + " IDENTIFIED BY 'secret'",
          "GRANT SELECT ON " + owner.schema() + ".item TO " + user);
      ConnectionConfiguration viewer =
          new ConnectionConfiguration(
              "viewer",
              owner.type(),
              owner.jdbcUrl(),
              owner.schema(),
              "secret",
              owner.schema(),
              1,
              false);
      KeyRange all = new KeyRange(List.of("0"), List.of("3"));
      try (Connection session = TestServer.open(viewer)) {
        assertThat(dialect(server).lookUp(session, source.mapping(), all)).isEmpty();
        assertThat(dialect(server).estimate(session, source.mapping(), all)).isZero();
        assertThat(TestServer.rows(session, "SELECT number FROM item")).hasSize(3);
      } finally {
        TestServer.execute(owner, "DROP USER " + user);
      }
    }
  }

  private static Dialect dialect(TestServer server) {
    return Dialects.of(DatabaseType.valueOf(server.name()));
  }

  private static List<String> key(int number) {
    return List.of(number <= 25 ? "a" : "b", Integer.toString(number));
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyTableIsOneChunkWithoutRows(TestServer server) throws Exception {
    try (Source source = Source.of(server, "CREATE TABLE item (number int PRIMARY KEY)");
        ChunkReader reader = source.reader(10, null)) {
      ChunkReader.Chunk chunk = reader.next();
      assertThat(chunk.range()).isEqualTo(new KeyRange(null, null));
      assertThat(chunk.rows().read()).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anErrorOfTheSourceInTheMiddleReachesWhoeverReads(TestServer server) throws Exception {
    boolean postgres = server == TestServer.POSTGRESQL;
    for (int chunkRows : new int[] {10, 10_000}) {
      try (Source source = wide(server)) {
        String id = source.single(postgres ? "SELECT pg_backend_pid()" : "SELECT CONNECTION_ID()");
        try (ChunkReader reader = source.reader(chunkRows, null)) {
          ChunkReader.Chunk chunk = reader.next();
          assertThat(chunk.rows().readNBytes(50_000)).hasSize(50_000);
          TestServer.execute(
              source.database(),
              postgres ? "SELECT pg_terminate_backend(" + id + ")" : "KILL CONNECTION " + id);
          assertThatThrownBy(() -> readUp(reader, chunk))
              .satisfies(
                  e -> assertThat(Failures.classify(e)).isEqualTo(ErrorCode.CONNECTION_FAILED));
        }
      }
    }
  }

  private static void readUp(ChunkReader reader, ChunkReader.Chunk begun) throws Exception {
    ChunkReader.Chunk chunk = begun;
    chunk.rows().readAllBytes();
    while (chunk.range().upTo() != null) {
      chunk = reader.next();
      chunk.rows().readAllBytes();
    }
  }

  @ParameterizedTest
  @EnumSource
  void closedInTheMiddleItLeavesTheSessionUsable(TestServer server) throws Exception {
    try (Source source = wide(server)) {
      for (int chunkRows : new int[] {10, 10_000}) {
        try (ChunkReader reader = source.reader(chunkRows, null)) {
          assertThat(reader.next().rows().readNBytes(50_000)).hasSize(50_000);
        }
        assertThat(source.single("SELECT count(*) FROM item")).isEqualTo("4096");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void closeEndsTheSessionOfASourceThatHangs(TestServer server) throws Exception {
    boolean postgres = server == TestServer.POSTGRESQL;
    try (Source other = numbered(server);
        Connections connections = new Connections(List.of(other.database()))) {
      Source source = new Source(other.database(), connections.open("reader"), other.mapping());
      String id = source.single(postgres ? "SELECT pg_backend_pid()" : "SELECT CONNECTION_ID()");
      source.execute(postgres ? "SET lock_timeout = 0" : "SET SESSION lock_wait_timeout = 3600");
      other.session().setAutoCommit(false);
      other.execute(
          postgres ? "LOCK TABLE item IN ACCESS EXCLUSIVE MODE" : "LOCK TABLES item WRITE");
      ChunkReader reader = source.reader(10, null, Duration.ofMillis(300));
      String waits =
          postgres
              ? "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid = " + id
              : "SELECT count(*) FROM information_schema.processlist"
                  + (" WHERE state LIKE 'Waiting for table%' AND id = " + id);
      Awaitility.await().until(() -> other.single(waits).equals("1"));

      long start = System.nanoTime();
      reader.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(300), Duration.ofSeconds(3));
      assertThat(source.session().isValid(5)).isFalse();
    }
  }
}
