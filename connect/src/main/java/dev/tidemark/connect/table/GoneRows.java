package dev.tidemark.connect.table;

import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.SyncException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Removes rows of a slice that its source does not have any more, or marks them. */
public final class GoneRows {

  private final Connection session;
  private final Dialect dialect;
  private final TableMapping mapping;
  private final TableShape target;
  private final @Nullable String deletedColumn;

  /**
   * The rows of a slice.
   *
   * @param deletedColumn the column that says since when a row is deleted; null to remove rows
   * @throws SyncException COLUMN_NOT_FOUND when the target has no such column
   */
  public GoneRows(
      Connection session,
      Dialect dialect,
      TableMapping mapping,
      TableShape target,
      @Nullable String deletedColumn) {
    this.session = session;
    this.dialect = dialect;
    this.mapping = mapping;
    this.target = target;
    this.deletedColumn = deletedColumn;
    if (deletedColumn != null && target.column(deletedColumn).isEmpty()) {
      throw new SyncException(
          ErrorCode.COLUMN_NOT_FOUND,
          "Table " + target.name() + " has no column " + deletedColumn + " for soft deletes.",
          Failures.remedy(ErrorCode.COLUMN_NOT_FOUND));
    }
  }

  /**
   * Makes the column unless it is there.
   *
   * @param session in auto-commit mode
   */
  public static void prepare(
      Connection session, Dialect dialect, TableShape target, String deletedColumn)
      throws SQLException {
    if (target.column(deletedColumn).isEmpty()) {
      try (Statement statement = session.createStatement()) {
        statement.execute(
            ("ALTER TABLE " + dialect.quote(target.schema(), target.name()) + " ADD COLUMN ")
                + (dialect.quote(deletedColumn) + " " + dialect.instantType() + " NULL"));
      }
    }
  }

  /** Removes or marks the rows of these keys, and tells how many there were; commits nothing. */
  public long remove(List<List<String>> keys) throws SQLException {
    if (keys.isEmpty()) {
      return 0;
    }
    String column = deletedColumn;
    return change(
        column == null
            ? "DELETE FROM " + place()
            : ("UPDATE " + place() + " SET " + dialect.quote(column)) + " = CURRENT_TIMESTAMP(6)",
        keys,
        column == null ? "" : " AND " + dialect.quote(column) + " IS NULL");
  }

  /** The rows of these keys are there again; commits nothing. */
  public void revive(List<List<String>> keys) throws SQLException {
    String column = deletedColumn;
    if (column != null && !keys.isEmpty()) {
      long ignored =
          change(
              "UPDATE " + place() + " SET " + dialect.quote(column) + " = NULL",
              keys,
              " AND " + dialect.quote(column) + " IS NOT NULL");
    }
  }

  private long change(String change, List<List<String>> keys, String more) throws SQLException {
    String wanted = keys.stream().map(this::isKey).collect(Collectors.joining(" OR ", "(", ")"));
    Stream<String> slice = mapping.sliceConditions(dialect, "").stream();
    try (Statement statement = session.createStatement()) {
      return statement.executeLargeUpdate(
          (change + " WHERE ")
              + Stream.concat(slice, Stream.of(wanted)).collect(Collectors.joining(" AND "))
              + more);
    }
  }

  /** By its bytes too: the target's collation may hold the key of another row for this one. */
  private String isKey(List<String> values) {
    List<Column> key = new ArrayList<>();
    StringBuilder bytes = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      MappedColumn mapped = mapping.sourceKey().get(i);
      Column column = target.column(mapped.target()).orElseThrow();
      key.add(column);
      if (column.type().kind().hasLetters()) {
        bytes
            .append(" AND ")
            .append(dialect.sameBytes(dialect.canonical(column, mapped.source()), values.get(i)));
      }
    }
    return "(" + dialect.keyCondition(key, "=", values) + bytes + ")";
  }

  private String place() {
    return dialect.quote(target.schema(), target.name());
  }
}
