package dev.tidemark.connect.table;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares a source table with its slice of the target, row by row, by fingerprints that the two
 * databases compute: the SHA-256 of each row's columns in a spelling that both agree on.
 *
 * <p>Only two numbers travel when both sides are equal. When they are not, the fingerprints of all
 * rows do, to name the keys that differ.
 *
 * <p>Floats are compared by their bits.
 */
public final class SliceComparison {

  private SliceComparison() {}

  /**
   * One side's sum.
   *
   * @param rows how many rows there are
   * @param checksum sum of their fingerprints
   */
  public record Side(long rows, BigInteger checksum) {}

  /**
   * What the comparison found.
   *
   * @param source sum of the source table
   * @param target sum of its slice in the target
   * @param differences up to as many keys as were asked for, each with what is wrong
   */
  public record Result(Side source, Side target, List<String> differences) {

    public Result {
      differences = List.copyOf(differences);
    }

    public boolean equal() {
      return source.equals(target);
    }
  }

  /**
   * Compares both sides as they are now.
   *
   * @param limit most differences to name
   */
  public static Result compare(
      Connection sourceSession,
      Dialect sourceDialect,
      Connection targetSession,
      Dialect targetDialect,
      TableMapping mapping,
      TableShape target,
      int limit)
      throws SQLException {
    Query source = source(sourceDialect, mapping, target);
    Query slice = slice(targetDialect, mapping, target);
    Side sourceSide = sum(sourceSession, source);
    Side targetSide = sum(targetSession, slice);
    List<String> differences =
        sourceSide.equals(targetSide)
            ? List.of()
            : differences(
                fingerprints(sourceSession, source), fingerprints(targetSession, slice), limit);
    return new Result(sourceSide, targetSide, differences);
  }

  private record Query(
      Dialect dialect, String from, List<String> keys, List<String> canonicals, String where) {

    String checksum() {
      return "SELECT count(*), coalesce(sum("
          + dialect.fingerprint(canonicals)
          + "), 0) FROM "
          + from
          + " WHERE "
          + where;
    }

    String fingerprints() {
      return "SELECT concat_ws(', ', "
          + String.join(", ", keys)
          + "), "
          + dialect.fingerprint(canonicals)
          + " FROM "
          + from
          + " WHERE "
          + where;
    }
  }

  private static Query source(Dialect dialect, TableMapping mapping, TableShape target) {
    return new Query(
        dialect,
        mapping.relation(dialect) + " AS t",
        mapping.sourceKey().stream()
            .map(column -> dialect.canonical(column.source(), written(column, target)))
            .toList(),
        mapping.columns().stream()
            .map(column -> dialect.canonical(column.source(), written(column, target)))
            .toList(),
        "1 = 1");
  }

  private static Query slice(Dialect dialect, TableMapping mapping, TableShape target) {
    String where =
        mapping.constants().entrySet().stream()
            .map(entry -> dialect.quote(entry.getKey()) + " = " + dialect.literal(entry.getValue()))
            .collect(Collectors.joining(" AND "));
    return new Query(
        dialect,
        dialect.quote(target.schema(), target.name()),
        mapping.sourceKey().stream()
            .map(column -> dialect.canonical(written(column, target), column.source()))
            .toList(),
        mapping.columns().stream()
            .map(column -> dialect.canonical(written(column, target), column.source()))
            .toList(),
        where.isEmpty() ? "1 = 1" : where);
  }

  private static Column written(MappedColumn column, TableShape target) {
    return target
        .column(column.target())
        .orElseThrow(
            () -> new IllegalArgumentException(target.name() + " has no " + column.target()));
  }

  private static Side sum(Connection session, Query query) throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery(query.checksum())) {
      row.next();
      return new Side(row.getLong(1), new BigInteger(row.getString(2)));
    }
  }

  private static Map<String, String> fingerprints(Connection session, Query query)
      throws SQLException {
    Map<String, String> fingerprints = new HashMap<>();
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery(query.fingerprints())) {
      while (row.next()) {
        fingerprints.merge(row.getString(1), row.getString(2), (one, two) -> one + "+" + two);
      }
    }
    return fingerprints;
  }

  private static List<String> differences(
      Map<String, String> source, Map<String, String> target, int limit) {
    List<String> differences = new ArrayList<>();
    Stream.concat(source.keySet().stream(), target.keySet().stream())
        .distinct()
        .sorted()
        .filter(key -> !Objects.equals(source.get(key), target.get(key)))
        .limit(limit)
        .forEach(
            key ->
                differences.add(
                    key
                        + (!target.containsKey(key)
                            ? " is missing in the target"
                            : !source.containsKey(key) ? " is only in the target" : " differs")));
    return differences;
  }
}
