package dev.tidemark.connect.postgresql;

import dev.tidemark.connect.failure.LongValues;
import dev.tidemark.connect.statement.MergeClauses;
import dev.tidemark.connect.table.RowRejectedException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Looks for staged rows that a trigger or rule of PostgreSQL kept out of a table: the database says
 * nothing of them. A row must be there by its key, and must have been written where it differed;
 * what a trigger makes of its values is the target's own business.
 */
final class KeptOutRows {

  private static final String OF_CONSTRAINTS = "23000";

  private final PostgresDialect dialect;
  private final MergeClauses clauses;
  private final List<String> key;
  private final String stage;
  private final List<String> keepers;
  private boolean changed;

  /**
   * Rows of a table.
   *
   * @param key the columns that identify a row
   * @param keepers what may keep a row out, in words; at least one
   */
  KeptOutRows(
      PostgresDialect dialect,
      MergeClauses clauses,
      List<String> key,
      String stage,
      List<String> keepers) {
    this.dialect = dialect;
    this.clauses = clauses;
    this.key = key;
    this.stage = stage;
    this.keepers = keepers;
  }

  /** What a chunk that is loaded straight into the table is refused with. */
  static RowRejectedException refused(long loaded, long rows, List<String> keepers) {
    String suspects = keepers.isEmpty() ? "a trigger" : String.join(" or ", keepers);
    return RowRejectedException.keptOut(
        loaded + " of " + rows + " rows were taken: " + suspects + " keeps the others out",
        OF_CONSTRAINTS,
        0);
  }

  /**
   * How many rows are to be updated; nobody else changes them from here on.
   *
   * @param differing what holds for a row {@code t} and the staged row {@code s} that differ
   */
  long differing(Statement statement, String differing) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            ("SELECT count(*) FROM (SELECT 1 FROM " + clauses.table() + " t, " + stage)
                + (" s WHERE " + differing + " FOR UPDATE OF t) r"))) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Refuses a chunk of which not all rows were updated. */
  void refuseUnchanged(long updated, long differing) throws RowRejectedException {
    if (updated < differing) {
      throw RowRejectedException.keptOut(
          "%d of %d rows that differ were not changed: %s keeps them as they are"
              .formatted(differing - updated, differing, suspects()),
          OF_CONSTRAINTS,
          0);
    }
  }

  /**
   * Refuses a chunk of which a row is not in the table, when all of it was written.
   *
   * @param same what holds for a row {@code t} and the staged row {@code s} of one key
   * @param differs what holds for two such rows that differ; empty where they cannot
   */
  void refuseMissing(Statement statement, String same, String differs) throws SQLException {
    boolean missing;
    try (ResultSet row =
        statement.executeQuery(
            ("SELECT count(*) FILTER (WHERE " + clauses.anyOfKey() + " IS NULL), ")
                + (differs.isEmpty()
                    ? "0"
                    : ("count(*) FILTER (WHERE " + clauses.anyOfKey())
                        + (" IS NOT NULL AND (" + differs + "))"))
                + (" FROM " + stage + " s LEFT JOIN " + clauses.table() + " t ON " + same))) {
      row.next();
      missing = row.getLong(1) > 0;
      changed |= row.getLong(2) > 0;
    }
    if (missing) {
      refuseFirst(statement, same);
    }
  }

  /** Rows are staged one behind the other, so that their places are those of the chunk. */
  private void refuseFirst(Statement statement, String same) throws SQLException {
    String names =
        key.stream()
            .map(name -> "s." + dialect.quote(name) + "::text")
            .collect(Collectors.joining(", "));
    try (ResultSet row =
        statement.executeQuery(
            "SELECT s.tidemark_place, "
                + names
                + " FROM (SELECT row_number() OVER (ORDER BY r.ctid) AS tidemark_place, r.*"
                + (" FROM " + stage + " r) s WHERE NOT EXISTS (SELECT 1 FROM " + clauses.table())
                + (" t WHERE " + same + ") ORDER BY 1 LIMIT 1"))) {
      row.next();
      List<String> values = new ArrayList<>();
      for (int i = 0; i < key.size(); i++) {
        values.add(key.get(i) + "=" + LongValues.cut(row.getString(i + 2)));
      }
      throw RowRejectedException.keptOut(
          "the key %s is not in the table after it was written: %s keeps the row out"
              .formatted(String.join(", ", values), suspects()),
          OF_CONSTRAINTS,
          row.getLong(1));
    }
  }

  /** Whether some row has other values in the table than were written. */
  boolean changed() {
    return changed;
  }

  /** What people should know then. */
  String remark() {
    return "What is written is changed by "
        + suspects()
        + " of the target: such rows differ from the source, and count as updated in each pass that"
        + " reads them.";
  }

  private String suspects() {
    return String.join(" or ", keepers);
  }
}
