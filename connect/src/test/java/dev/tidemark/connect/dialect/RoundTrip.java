package dev.tidemark.connect.dialect;

import dev.tidemark.connect.comparison.ComparisonResult;
import dev.tidemark.connect.comparison.Side;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.connection.Sessions;
import dev.tidemark.connect.failure.LongValues;
import dev.tidemark.connect.postgresql.PostgresDialect;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.connect.table.ChunkWriter;
import dev.tidemark.connect.table.ColumnChoice;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.KeyRange;
import dev.tidemark.connect.table.MergeCounts;
import dev.tidemark.connect.table.RowRejectedException;
import dev.tidemark.connect.table.RowStream;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.connect.target.TargetPolicy;
import dev.tidemark.connect.target.TargetTables;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Sends values from one database to another and back, as the engine does. */
final class RoundTrip implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final KeyRange ALL = new KeyRange(null, null);

  private final TestServer to;
  private final ConnectionConfiguration source;
  private final ConnectionConfiguration target;
  private final Dialect near;
  private final Dialect far;
  private final Connection reading;
  private final Connection writing;
  private final Connection returning;
  private final String direction;
  private int tables;

  /** Opens the sessions that write. */
  @FunctionalInterface
  interface Opening {
    Connection open(ConnectionConfiguration database, Duration patience) throws SQLException;
  }

  RoundTrip(
      TestServer from,
      ConnectionConfiguration source,
      TestServer to,
      ConnectionConfiguration target,
      Opening toWrite)
      throws SQLException {
    this.to = to;
    this.source = source;
    this.target = target;
    this.near = Dialects.of(source.type());
    this.far = Dialects.of(target.type());
    this.reading = Sessions.open(source, PATIENCE);
    this.writing = toWrite.open(target, PATIENCE);
    this.returning = toWrite.open(source, PATIENCE);
    this.direction = from + " to " + to;
  }

  /** One journey of a table with a column for each type; row n has the nth value of each. */
  private final class Journey {

    private final List<TypeCase> types;
    private final String name = "t" + ++tables;
    private final String back = "b" + tables;
    private final List<String> wrong = new ArrayList<>();

    Journey(List<TypeCase> types) {
      this.types = types;
    }

    private int rows() {
      return types.stream().mapToInt(type -> values(type).size()).max().orElse(0);
    }

    private int rowsTaken() {
      return types.stream()
          .mapToInt(
              type -> type.refusing().contains(to) ? type.values().size() : values(type).size())
          .max()
          .orElse(0);
    }

    private String literal(int type, int row) {
      List<String> values = values(types.get(type));
      return row < 1 || row > values.size() ? "NULL" : values.get(row - 1);
    }

    private void wrong(int type, String what) {
      wrong.add(types.get(type).type() + " from " + direction + ": " + what);
    }

    private void wrong(int row, String what, Exception error) {
      String literals =
          IntStream.range(0, types.size())
              .mapToObj(type -> LongValues.cut(literal(type, row)))
              .collect(Collectors.joining(", "));
      wrong(0, what + " " + literals + ": " + error.getMessage());
    }

    List<String> run() throws SQLException {
      try {
        fill();
        copy();
        goBack();
      } catch (SQLException | IOException | RuntimeException e) {
        wrong(0, String.valueOf(e.getMessage()));
      } finally {
        endTransaction(writing);
        endTransaction(returning);
      }
      return wrong;
    }

    private void fill() throws SQLException {
      List<String> rows = new ArrayList<>();
      for (int row = 0; row <= rows(); row++) {
        int number = row;
        rows.add(
            IntStream.range(0, types.size())
                .mapToObj(type -> literal(type, number))
                .collect(Collectors.joining(", ", "(" + row + ", ", ")")));
      }
      try (Statement statement = returning.createStatement()) {
        statement.execute("DROP TABLE IF EXISTS " + name);
        statement.execute(create(name, types.stream().map(TypeCase::type).toList()));
        statement.execute("INSERT INTO " + name + " VALUES " + String.join(", ", rows));
      }
    }

    private String create(String table, List<String> columns) {
      // MySQL's timestamps take NULL only where they say so.
      return IntStream.range(0, columns.size())
          .mapToObj(column -> "v" + column + " " + columns.get(column) + " NULL")
          .collect(
              Collectors.joining(", ", "CREATE TABLE " + table + " (id int PRIMARY KEY, ", ")"));
    }

    private void copy() throws SQLException, IOException {
      TableMapping mapping = mapping(near, reading, source, name, name);
      TableShape shape =
          TargetTables.ensure(writing, far, target.schema(), mapping, TargetPolicy.CREATE);
      writing.setAutoCommit(false);
      ChunkWriter writer = far.writer(writing, target.schema(), mapping, shape);
      int last = rowsTaken();
      KeyRange taken = new KeyRange(null, List.of(Integer.toString(last)));
      try {
        load(mapping, taken, writer);
      } catch (SQLException | IOException e) {
        writing.rollback();
        loadEach(mapping, writer, last);
      }
      writing.commit();
      try (RowStream rows = near.read(reading, mapping, taken, far)) {
        MergeCounts again = writer.merge(rows);
        if (!again.equals(new MergeCounts(0, 0))) {
          wrong(0, "a second pass finds other values, " + again);
        }
      }
      writing.commit();
      compare(mapping, shape, last);
      for (int row = last + 1; row <= rows(); row++) {
        expectRefusal(mapping, writer, row);
      }
    }

    private void load(TableMapping mapping, KeyRange range, ChunkWriter writer)
        throws SQLException, IOException {
      try (RowStream rows = near.read(reading, mapping, range, far)) {
        writer.insert(rows);
      }
    }

    private static KeyRange only(int row) {
      return new KeyRange(List.of(Integer.toString(row - 1)), List.of(Integer.toString(row)));
    }

    /** Row by row, to name those that are at fault. */
    private void loadEach(TableMapping mapping, ChunkWriter writer, int last) throws SQLException {
      for (int row = 0; row <= last; row++) {
        try {
          load(mapping, only(row), writer);
          writing.commit();
        } catch (SQLException | IOException e) {
          writing.rollback();
          wrong(row, "cannot load", e);
        }
      }
    }

    private void compare(TableMapping mapping, TableShape shape, int last) throws SQLException {
      int refused = rows() - last;
      for (String difference :
          ComparisonResult.of(
                  new Side(reading, near), new Side(writing, far), mapping, shape, refused + 9)
              .words()) {
        int row = Integer.parseInt(difference.replaceAll("\\D.*", ""));
        if (row <= last) {
          wrong(0, "the checksums say that " + difference + ", " + literal(0, row));
        }
      }
      writing.commit();
    }

    private void expectRefusal(TableMapping mapping, ChunkWriter writer, int row)
        throws SQLException, IOException {
      try {
        load(mapping, only(row), writer);
        wrong(0, literal(0, row) + " was not refused but became " + stored(row));
      } catch (RowRejectedException e) {
        if (String.valueOf(e.getMessage()).isEmpty()) {
          wrong(row, "refused without a word", e);
        }
      } finally {
        writing.rollback();
      }
    }

    private String stored(int row) throws SQLException {
      try (Statement statement = writing.createStatement();
          ResultSet found =
              statement.executeQuery(
                  "SELECT v0 FROM " + far.quote(target.schema(), name) + " WHERE id = " + row)) {
        return found.next() ? String.valueOf(found.getString(1)) : "nothing";
      }
    }

    private void goBack() throws SQLException, IOException {
      try (Statement statement = returning.createStatement()) {
        statement.execute("DROP TABLE IF EXISTS " + back);
        statement.execute(
            create(
                back,
                types.stream().map(type -> keeps(type) ? type.type() : type.back()).toList()));
      }
      TableMapping mapping = mapping(far, writing, target, name, back);
      TableShape shape = near.describe(returning, source.schema(), back).orElseThrow();
      returning.setAutoCommit(false);
      try (RowStream rows = far.read(writing, mapping, ALL, near)) {
        near.writer(returning, source.schema(), mapping, shape).insert(rows);
      }
      returning.commit();
      for (int type = 0; type < types.size(); type++) {
        compareBack(type);
      }
    }

    private void compareBack(int type) throws SQLException {
      String column = "v" + type;
      String query =
          "SELECT s.id FROM %s s JOIN %s b ON b.id = s.id WHERE NOT coalesce(%s, false)"
              .formatted(
                  name,
                  back,
                  same(types.get(type))
                      .replace("s.v", "s." + column)
                      .replace("b.v", "b." + column));
      try (Statement statement = returning.createStatement();
          ResultSet row = statement.executeQuery(query)) {
        while (row.next()) {
          wrong(type, "came back changed: " + LongValues.cut(literal(type, row.getInt(1))));
        }
      }
    }
  }

  /** What did not go as it should, each with type, direction and value. */
  List<String> wrong(List<TypeCase> types) throws SQLException {
    return new Journey(types).run();
  }

  /** What every target takes, then what some refuse. */
  private static List<String> values(TypeCase type) {
    return Stream.concat(type.values().stream(), type.refused().stream()).toList();
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

  private static TableMapping mapping(
      Dialect dialect, Connection session, ConnectionConfiguration database, String from, String to)
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
