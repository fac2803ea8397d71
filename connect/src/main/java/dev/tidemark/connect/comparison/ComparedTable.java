package dev.tidemark.connect.comparison;

import dev.tidemark.connect.connection.LongStatements;
import dev.tidemark.connect.table.Column;
import dev.tidemark.connect.table.ColumnPair;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.KeyRange;
import dev.tidemark.connect.table.MappedColumn;
import dev.tidemark.connect.table.SpelledKeys;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rows to compare on one side: the source table, or its slice of the target. Keys are in their
 * canonical text, so that one side's bounds hold on the other.
 */
final class ComparedTable {

  private final Connection session;
  private final Dialect dialect;
  private final TableShape shape;
  private final String relation;
  private final Set<String> constants;
  private final String slice;
  private final List<ColumnPair> key;
  private final List<ColumnPair> columns;

  private ComparedTable(
      Side side,
      TableShape shape,
      String relation,
      Set<String> constants,
      List<String> conditions,
      List<ColumnPair> key,
      List<ColumnPair> columns) {
    this.session = side.session();
    this.dialect = side.dialect();
    this.shape = shape;
    this.relation = relation;
    this.key = key;
    this.columns = columns;
    this.constants = constants;
    this.slice =
        Stream.concat(
                conditions.stream(),
                Stream.of(side.condition()).filter(condition -> !condition.isEmpty()))
            .collect(Collectors.joining(" AND "));
  }

  static ComparedTable source(Side side, TableMapping mapping, TableShape target) {
    return new ComparedTable(
        side,
        mapping.source(),
        mapping.relation(side.dialect()),
        Set.of(),
        List.of(),
        mapping.sourceKey().stream().map(column -> pair(column, target)).toList(),
        mapping.columns().stream().map(column -> pair(column, target)).toList());
  }

  static ComparedTable slice(Side side, TableMapping mapping, TableShape target) {
    return new ComparedTable(
        side,
        target,
        side.dialect().quote(target.schema(), target.name()),
        mapping.constants().keySet(),
        mapping.sliceConditions(side.dialect(), target),
        mapping.sourceKey().stream().map(column -> turned(pair(column, target))).toList(),
        mapping.columns().stream().map(column -> turned(pair(column, target))).toList());
  }

  private static ColumnPair pair(MappedColumn column, TableShape target) {
    Column there =
        target
            .column(column.target())
            .orElseThrow(
                () -> new IllegalArgumentException(target.name() + " has no " + column.target()));
    return new ColumnPair(column.source(), there);
  }

  private static ColumnPair turned(ColumnPair pair) {
    return new ColumnPair(pair.there(), pair.here());
  }

  /** Key columns here, each with its counterpart; none where the table has no key. */
  List<ColumnPair> key() {
    return key;
  }

  TableShape shape() {
    return shape;
  }

  /** Columns that have one value in all rows. */
  Set<String> constants() {
    return constants;
  }

  /** Names of all columns compared. */
  List<String> columns() {
    return columns.stream().map(column -> column.here().name()).toList();
  }

  /**
   * Count and checksum of the rows of each bucket: rows whose key's fingerprint leaves the same
   * rest; of the whole row where there is no key.
   */
  RowSum[] bucketSums(int buckets) throws SQLException {
    String sql =
        ("SELECT b, count(*), sum(f) FROM (SELECT " + bucket(buckets) + " AS b, ")
            + (dialect.number(columns) + " AS f" + where(Stream.of(slice)))
            + ") AS r GROUP BY b";
    return LongStatements.run(session, () -> bucketSums(sql, buckets));
  }

  private RowSum[] bucketSums(String sql, int buckets) throws SQLException {
    RowSum[] sums = new RowSum[buckets];
    Arrays.fill(sums, RowSum.NONE);
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        sums[row.getInt(1)] = new RowSum(row.getLong(2), new BigInteger(row.getString(3)));
      }
    }
    return sums;
  }

  /**
   * The rows of some buckets in the order of their keys' fingerprints, which is one order on every
   * server. The server sorts them; they are streamed.
   *
   * @param wanted all when empty
   */
  HashedRows hashed(List<Integer> wanted, int buckets) throws SQLException {
    String chosen =
        wanted.isEmpty()
            ? ""
            : bucket(buckets)
                + wanted.stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(", ", " IN (", ")"));
    String sql =
        ("SELECT " + dialect.number(identity()) + " AS h, ")
            + (dialect.number(columns) + " AS f" + (key.isEmpty() ? "" : ", " + keys()))
            + (where(Stream.of(slice, chosen)) + " ORDER BY h, f");
    // The server sorts all of them before it sends the first.
    return LongStatements.run(
        session, () -> new HashedRows(session, sql, dialect.streamingFetchSize(), key.size()));
  }

  private String bucket(int buckets) {
    return "(" + dialect.number(identity()) + " % " + buckets + ")";
  }

  /** What tells rows apart. */
  private List<ColumnPair> identity() {
    return key.isEmpty() ? columns : key;
  }

  /**
   * Count and checksum of the rows of a range, which the database computes. A range of the source
   * has few rows, and the target may have any number there.
   */
  RowSum sum(KeyRange range) throws SQLException {
    String sql = dialect.sum(columns, from(range));
    return LongStatements.run(session, () -> sum(sql));
  }

  private RowSum sum(String sql) throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return new RowSum(row.getLong(1), new BigInteger(row.getString(2)));
    }
  }

  /** The first rows of a range, in the order of their keys. */
  RowList list(KeyRange range, int limit) throws SQLException {
    boolean packed = dialect.packs() && key.stream().noneMatch(ColumnPair::framed);
    return packed ? packed(range, limit) : rows(range, limit);
  }

  private RowList rows(KeyRange range, int limit) throws SQLException {
    String sql =
        "SELECT " + keys() + ", " + fingerprint() + from(range) + inOrder() + " LIMIT " + limit;
    RowList rows = new RowList(key.size());
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        rows.add(print(row, key.size() + 1), keyBytes(row, 1, key.size()));
      }
    }
    return rows;
  }

  /**
   * As one value: a driver takes longer for many rows than the server for putting them together. A
   * subquery with a limit hands its rows on in its order, from one process.
   */
  private RowList packed(KeyRange range, int limit) throws SQLException {
    String sql =
        ("SELECT string_agg(r.line, '') FROM (SELECT concat(" + fingerprint() + ", ")
            + (keyTexts().collect(Collectors.joining(", E'\\n', ")) + ", E'\\n') AS line")
            + (from(range) + inOrder() + " LIMIT " + limit + ") AS r");
    RowList rows = new RowList(key.size());
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      byte[] lines = row.next() ? row.getBytes(1) : null;
      if (lines != null) {
        rows.addLines(lines, Dialect.DIGITS);
      }
    }
    return rows;
  }

  /**
   * The key of the {@code rows}th row behind {@code after}; empty when there are fewer. Reads the
   * index alone where the database can.
   */
  Optional<List<String>> keyAfter(@Nullable List<String> after, int rows) throws SQLException {
    String sql =
        ("SELECT " + keys() + from(new KeyRange(after, null)) + inOrder())
            + (" LIMIT 1 OFFSET " + (rows - 1));
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? Optional.of(key(row)) : Optional.empty();
    }
  }

  /** A fingerprint of each column of the row of a key; empty when there is none. */
  Optional<List<Long>> columnFingerprints(List<String> wanted) throws SQLException {
    String prints =
        columns.stream()
            .map(column -> dialect.fingerprint(List.of(column)))
            .collect(Collectors.joining(", "));
    String sql =
        "SELECT "
            + keys()
            + ", "
            + prints
            + where(Stream.of(slice, SpelledKeys.is(dialect, key, wanted)));
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        // A collation may hold other keys for equal as well.
        if (key(row).equals(wanted)) {
          List<Long> found = new ArrayList<>();
          for (int i = 1; i <= columns.size(); i++) {
            found.add(print(row, key.size() + i));
          }
          return Optional.of(found);
        }
      }
      return Optional.empty();
    }
  }

  private String from(KeyRange range) {
    return where(Stream.of(slice, end(">", range.after()), end("<=", range.upTo())));
  }

  private String where(Stream<String> conditions) {
    String all =
        conditions.filter(condition -> !condition.isEmpty()).collect(Collectors.joining(" AND "));
    return (" FROM " + relation + " AS t") + (all.isEmpty() ? "" : " WHERE " + all);
  }

  private String end(String operator, @Nullable List<String> values) {
    return values == null ? "" : condition(operator, values);
  }

  private String condition(String operator, List<String> values) {
    return dialect.keyCondition(key.stream().map(ColumnPair::here).toList(), operator, values);
  }

  private String keys() {
    return keyTexts().collect(Collectors.joining(", "));
  }

  private Stream<String> keyTexts() {
    return key.stream().map(column -> dialect.canonical(column.here(), column.there()));
  }

  /** By the table's columns: a bare name could mean the spelled column of the select list. */
  private String inOrder() {
    return key.stream()
        .map(column -> "t." + dialect.quote(column.here().name()))
        .collect(Collectors.joining(", ", " ORDER BY ", ""));
  }

  private String fingerprint() {
    return dialect.fingerprint(columns);
  }

  private List<String> key(ResultSet row) throws SQLException {
    String[] values = new String[key.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.getString(i + 1);
    }
    return List.of(values);
  }

  /** The key in UTF-8, which both drivers have at hand. */
  static byte[][] keyBytes(ResultSet row, int first, int width) throws SQLException {
    byte[][] values = new byte[width][];
    for (int i = 0; i < width; i++) {
      values[i] = row.getBytes(first + i);
    }
    return values;
  }

  private static long print(ResultSet row, int column) throws SQLException {
    byte[] digits = row.getBytes(column);
    return RowList.number(digits, 0, digits.length);
  }
}
