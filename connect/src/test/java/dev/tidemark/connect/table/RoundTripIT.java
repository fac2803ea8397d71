package dev.tidemark.connect.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.connection.Sessions;
import dev.tidemark.connect.failure.LongValues;
import dev.tidemark.connect.server.TestServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Values of every type go from each database to each other one and back, and come back equal; the
 * checksums of both sides agree on the way. What a target cannot hold, it refuses.
 */
class RoundTripIT {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Map<TestServer, Source> SOURCES = new EnumMap<>(TestServer.class);
  private static final String ONLY = System.getProperty("tidemark.types.only", "");

  /** A database with a table {@code t<n>} for each type, filled. */
  private record Source(ConnectionConfiguration database, List<TypeCase> types) {

    Source {
      types = List.copyOf(types);
    }
  }

  static Stream<Arguments> directions() {
    return Arrays.stream(TestServer.values())
        .flatMap(
            from -> Arrays.stream(TestServer.values()).map(target -> Arguments.of(from, target)));
  }

  @ParameterizedTest
  @MethodSource("directions")
  void everyValueComesBackEqualOrIsRefused(TestServer from, TestServer to) throws Exception {
    assumeTrue(
        from.available() && to.available(), "set TIDEMARK_TEST_MYSQL_URL to run this with MYSQL");
    Source source = SOURCES.computeIfAbsent(from, RoundTripIT::filled);
    ConnectionConfiguration target = to.newDatabase("round");
    List<String> wrong = new ArrayList<>();
    try (Direction direction = new Direction(from, source.database(), to, target)) {
      for (int number = 0; number < source.types().size(); number++) {
        wrong.addAll(direction.wrong(number, source.types().get(number)));
      }
    }
    assertThat(wrong).as("from %s to %s, seed %d", from, to, RandomValues.SEED).isEmpty();
  }

  private static Source filled(TestServer server) {
    ConnectionConfiguration database = server.newDatabase("types");
    boolean postgres = server == TestServer.POSTGRESQL;
    List<String> statements = new ArrayList<>();
    statements.addAll(
        postgres ? List.of(PostgresTypeCases.BEFORE) : List.of("SET SESSION sql_mode = ''"));
    List<TypeCase> types =
        (postgres ? PostgresTypeCases.all() : MysqlTypeCases.all(server))
            .stream().filter(type -> type.type().startsWith(ONLY)).toList();
    for (int number = 0; number < types.size(); number++) {
      TypeCase type = types.get(number);
      List<String> rows = new ArrayList<>(List.of("(0, NULL)"));
      for (String value : values(type)) {
        rows.add("(" + rows.size() + ", " + value + ")");
      }
      statements.add(table("t" + number, type.type()));
      statements.add("INSERT INTO t" + number + " VALUES " + String.join(", ", rows));
    }
    TestServer.execute(database, statements.toArray(String[]::new));
    return new Source(database, types);
  }

  private static String table(String name, String type) {
    // MySQL's timestamps take NULL only where they say so.
    return "CREATE TABLE " + name + " (id int PRIMARY KEY, v " + type + " NULL)";
  }

  /** What every target takes, then what some refuse; row n has the nth. */
  private static List<String> values(TypeCase type) {
    return Stream.concat(type.values().stream(), type.refused().stream()).toList();
  }

  /** One direction, with the sessions of both ends. */
  private static final class Direction implements AutoCloseable {

    private final TestServer to;
    private final ConnectionConfiguration source;
    private final ConnectionConfiguration target;
    private final Dialect near;
    private final Dialect far;
    private final Connection reading;
    private final Connection writing;
    private final Connection returning;
    private final String name;

    Direction(
        TestServer from,
        ConnectionConfiguration source,
        TestServer to,
        ConnectionConfiguration target)
        throws SQLException {
      this.to = to;
      this.source = source;
      this.target = target;
      this.near = Dialects.of(source.type());
      this.far = Dialects.of(target.type());
      this.reading = Sessions.open(source, PATIENCE);
      this.writing = Sessions.openToLoad(target, PATIENCE);
      this.returning = Sessions.openToLoad(source, PATIENCE);
      this.name = from + " to " + to;
    }

    /** What did not go as it should, each with type, direction and value. */
    List<String> wrong(int number, TypeCase type) throws SQLException {
      List<String> wrong = new ArrayList<>();
      try {
        boolean refuses = type.refusing().contains(to);
        int last = refuses ? type.values().size() : values(type).size();
        there(number, type, last, wrong);
        if (refuses) {
          refused(number, type, wrong);
        }
        back(number, type, wrong);
      } catch (SQLException | IOException | RuntimeException e) {
        wrong.add(type.type() + " " + name + ": " + e.getMessage());
      } finally {
        endTransaction(writing);
      }
      return wrong;
    }

    private void there(int number, TypeCase type, int last, List<String> wrong)
        throws SQLException, IOException {
      TableMapping mapping = mapping(near, reading, source, "t" + number, "t" + number);
      TableShape shape = TargetTables.ensure(writing, far, target.schema(), mapping, true);
      writing.setAutoCommit(false);
      ChunkWriter writer = far.writer(writing, target.schema(), mapping, shape);
      KeyRange taken = new KeyRange(null, List.of(Integer.toString(last)));
      try {
        load(mapping, taken, writer);
        writing.commit();
      } catch (SQLException | IOException e) {
        writing.rollback();
        loadEach(mapping, writer, type, last, wrong);
      }
      try (RowStream rows = near.read(reading, mapping, taken, far)) {
        MergeCounts again = writer.merge(rows);
        if (!again.equals(new MergeCounts(0, 0)) && wrong.isEmpty()) {
          wrong.add(type.type() + " " + name + ": a second pass finds other values, " + again);
        }
      }
      writing.commit();
      if (last == values(type).size()) {
        SliceComparison.compare(reading, near, writing, far, mapping, shape, 9)
            .differences()
            .stream()
            .map(
                difference -> difference + ", " + literal(type, difference.replaceAll("\\D.*", "")))
            .map(difference -> type.type() + " " + name + ": checksum of " + difference)
            .forEach(wrong::add);
      } else {
        fingerprints(mapping, shape, type, last, wrong);
      }
      writing.commit();
    }

    /** Rows that were refused are missing in the target; all others must agree. */
    private void fingerprints(
        TableMapping mapping, TableShape shape, TypeCase type, int last, List<String> wrong)
        throws SQLException {
      for (String difference :
          SliceComparison.compare(reading, near, writing, far, mapping, shape, 99).differences()) {
        String id = difference.replaceAll("\\D.*", "");
        if (Integer.parseInt(id) <= last) {
          wrong.add(
              type.type() + " " + name + ": checksum of " + difference + ", " + literal(type, id));
        }
      }
    }

    private void load(TableMapping mapping, KeyRange range, ChunkWriter writer)
        throws SQLException, IOException {
      try (RowStream rows = near.read(reading, mapping, range, far)) {
        writer.insert(rows);
      }
    }

    /** Row by row, to name those that are at fault. */
    private void loadEach(
        TableMapping mapping, ChunkWriter writer, TypeCase type, int last, List<String> wrong)
        throws SQLException {
      for (int id = 0; id <= last; id++) {
        try {
          load(mapping, only(id), writer);
          writing.commit();
        } catch (SQLException | IOException e) {
          writing.rollback();
          wrong.add(
              type.type()
                  + (" " + name + ": " + literal(type, Integer.toString(id)) + ": ")
                  + e.getMessage());
        }
      }
    }

    private static KeyRange only(int id) {
      return new KeyRange(List.of(Integer.toString(id - 1)), List.of(Integer.toString(id)));
    }

    private void refused(int number, TypeCase type, List<String> wrong)
        throws SQLException, IOException {
      TableMapping mapping = mapping(near, reading, source, "t" + number, "t" + number);
      TableShape shape = far.describe(writing, target.schema(), "t" + number).orElseThrow();
      ChunkWriter writer = far.writer(writing, target.schema(), mapping, shape);
      for (int id = type.values().size() + 1; id <= values(type).size(); id++) {
        try {
          load(mapping, only(id), writer);
          wrong.add(
              type.type()
                  + (" " + name + ": " + literal(type, Integer.toString(id)))
                  + " was not refused but became "
                  + text(
                      "SELECT v FROM "
                          + far.quote(target.schema(), "t" + number)
                          + " WHERE id = "
                          + id));
        } catch (RowRejectedException e) {
          assertThat(e.getMessage()).isNotEmpty();
        } finally {
          writing.rollback();
        }
      }
    }

    private @org.jspecify.annotations.Nullable String text(String query) throws SQLException {
      try (Statement statement = writing.createStatement();
          ResultSet row = statement.executeQuery(query)) {
        row.next();
        return row.getString(1);
      }
    }

    private void back(int number, TypeCase type, List<String> wrong)
        throws SQLException, IOException {
      String table = "b" + number;
      try (Statement statement = returning.createStatement()) {
        statement.execute("DROP TABLE IF EXISTS " + table);
        statement.execute(table(table, keeps(type) ? type.type() : type.back()));
      }
      TableMapping mapping = mapping(far, writing, target, "t" + number, table);
      TableShape shape = near.describe(returning, source.schema(), table).orElseThrow();
      returning.setAutoCommit(false);
      try (RowStream rows = far.read(writing, mapping, new KeyRange(null, null), near)) {
        near.writer(returning, source.schema(), mapping, shape).insert(rows);
        returning.commit();
      } finally {
        endTransaction(returning);
      }
      try (Statement statement = returning.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "SELECT s.id FROM t"
                      + number
                      + " s JOIN "
                      + table
                      + " b ON b.id = s.id WHERE NOT coalesce("
                      + same(type)
                      + ", false)")) {
        while (row.next()) {
          wrong.add(
              type.type() + " " + name + ": came back changed: " + literal(type, row.getString(1)));
        }
      }
    }

    private static void endTransaction(Connection session) throws SQLException {
      if (!session.getAutoCommit()) {
        session.rollback();
        session.setAutoCommit(true);
      }
    }

    /** PostgreSQL takes its own types back, whatever becomes of them elsewhere. */
    private boolean keeps(TypeCase type) {
      return to == TestServer.POSTGRESQL
          && near instanceof PostgresDialect
          && !type.type().equals("money");
    }

    private String same(TypeCase type) {
      if (near instanceof PostgresDialect) {
        return keeps(type) || type.same().isEmpty()
            ? "s.v::text IS NOT DISTINCT FROM b.v::text"
            : type.same();
      }
      return type.same().isEmpty() ? "CAST(s.v AS BINARY) <=> CAST(b.v AS BINARY)" : type.same();
    }

    private static String literal(TypeCase type, String id) {
      int number = Integer.parseInt(id);
      return number == 0 ? "NULL" : LongValues.cut(values(type).get(number - 1));
    }

    private static TableMapping mapping(
        Dialect dialect,
        Connection session,
        ConnectionConfiguration database,
        String from,
        String to)
        throws SQLException {
      return TableMapping.of(
          dialect.describe(session, database.schema(), from).orElseThrow(), to, ColumnChoice.ALL);
    }

    @Override
    public void close() throws SQLException {
      reading.close();
      writing.close();
      returning.close();
    }
  }
}
