package dev.tidemark.connect.statement;

import dev.tidemark.connect.table.Column;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.KeyRange;
import dev.tidemark.connect.table.MappedColumn;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The query for rows of a source table by a range of their keys, in the order of the keys. */
public final class KeyRangeQuery {

  /** How a dialect compares all key columns with the key at one end of a range. */
  @FunctionalInterface
  public interface Bound {

    /**
     * A condition.
     *
     * @param operator {@code >} or {@code <=}
     * @param values text form of the key, one for each column
     */
    String condition(List<Column> keys, String operator, List<String> values);
  }

  private final Dialect dialect;
  private final TableMapping mapping;
  private final Bound bound;
  private final List<Column> keys;

  /** For the rows that a mapping reads, in the dialect of their database. */
  public KeyRangeQuery(Dialect dialect, TableMapping mapping, Bound bound) {
    this.dialect = dialect;
    this.mapping = mapping;
    this.bound = bound;
    this.keys = mapping.order();
  }

  /** A line's fields, constants first. */
  public String select(Function<Column, String> spelling, KeyRange range) {
    Stream<String> constants = mapping.constants().values().stream().map(dialect::literal);
    Stream<String> columns = mapping.columns().stream().map(MappedColumn::source).map(spelling);
    return select(Stream.concat(constants, columns), range);
  }

  /** Values of a line in another form, in its order. */
  public String select(List<String> values, KeyRange range) {
    return select(values.stream(), range);
  }

  /** The key of the {@code rows}th row of the range, in its text form. */
  public Optional<List<String>> keyAfter(
      Connection session, Function<Column, String> text, KeyRange range, int rows)
      throws SQLException {
    return key(session, select(keys.stream().map(text), range) + " LIMIT 1 OFFSET " + (rows - 1));
  }

  /** The last key of the range, in its text form. */
  public Optional<List<String>> lastKey(
      Connection session, Function<Column, String> text, KeyRange range) throws SQLException {
    return key(session, select(keys.stream().map(text), range, " DESC") + " LIMIT 1");
  }

  /** The keys of the range's rows, as {@link Dialect#canonical} spells them. */
  public List<List<String>> canonicalKeys(Connection session, TableShape target, KeyRange range)
      throws SQLException {
    Stream<String> columns =
        mapping.sourceKey().stream()
            .map(
                column ->
                    dialect.canonical(
                        column.source(), target.column(column.target()).orElseThrow()));
    return keys(session, from(columns, range), mapping.sourceKey().size());
  }

  /** The rows of the range, in no order, to be explained and not to be run. */
  public String unordered(KeyRange range) {
    return from(Stream.of("1"), range);
  }

  private Optional<List<String>> key(Connection session, String sql) throws SQLException {
    return keys(session, sql, keys.size()).stream().findFirst();
  }

  private static List<List<String>> keys(Connection session, String sql, int width)
      throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<List<String>> keys = new ArrayList<>();
      while (row.next()) {
        List<String> key = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
          key.add(row.getString(i));
        }
        keys.add(key);
      }
      return keys;
    }
  }

  private String select(Stream<String> expressions, KeyRange range) {
    return select(expressions, range, "");
  }

  private String select(Stream<String> expressions, KeyRange range, String direction) {
    if (keys.isEmpty()) {
      return from(expressions, range);
    }
    return from(expressions, range)
        // By the table's columns: a bare name could mean the spelled column of the select list.
        + keys.stream()
            .map(key -> "t." + dialect.quote(key.name()) + direction)
            .collect(Collectors.joining(", ", " ORDER BY ", ""));
  }

  private String from(Stream<String> expressions, KeyRange range) {
    return "SELECT "
        + expressions.collect(Collectors.joining(", "))
        + " FROM "
        + mapping.relation(dialect)
        + " AS t WHERE "
        + within(range);
  }

  private String within(KeyRange range) {
    String conditions =
        Stream.of(end(">", range.after()), end("<=", range.upTo()))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(" AND "));
    return conditions.isEmpty() ? "TRUE" : conditions;
  }

  private Optional<String> end(String operator, @Nullable List<String> values) {
    // A key of fewer values stands for all that begin with them.
    return Optional.ofNullable(values)
        .map(key -> bound.condition(keys.subList(0, key.size()), operator, key));
  }
}
