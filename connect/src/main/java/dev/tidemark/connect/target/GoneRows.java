package dev.tidemark.connect.target;

import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.table.Column;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.MappedColumn;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.connect.type.ColumnKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Removes rows of a slice that its source does not have any more, or marks them. */
public final class GoneRows {

  private final Connection session;
  private final Dialect dialect;
  private final TargetRows rows;
  private final String keptTimes;
  private final String childrenFirst;
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
    this.rows = new TargetRows(dialect, mapping, target);
    this.keptTimes = keptTimes(dialect, mapping, target);
    this.childrenFirst =
        dialect.greatestFirst(mapping.sourceKey().stream().map(MappedColumn::target).toList());
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
      } catch (SQLException e) {
        // Another slice of the table may have made it meanwhile.
        boolean made =
            dialect
                .describe(session, target.schema(), target.name())
                .flatMap(present -> present.column(deletedColumn))
                .isPresent();
        if (!made) {
          throw e;
        }
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
            ? "DELETE FROM " + rows.table()
            : ("UPDATE " + rows.table() + " SET " + dialect.quote(column))
                + (" = CURRENT_TIMESTAMP(6)" + keptTimes),
        keys,
        column == null ? childrenFirst : " AND " + dialect.quote(column) + " IS NULL");
  }

  /** The rows of these keys are there again; commits nothing. */
  public void revive(List<List<String>> keys) throws SQLException {
    String column = deletedColumn;
    if (column != null && !keys.isEmpty()) {
      long ignored =
          change(
              "UPDATE " + rows.table() + " SET " + dialect.quote(column) + " = NULL" + keptTimes,
              keys,
              " AND " + dialect.quote(column) + " IS NOT NULL");
    }
  }

  private long change(String change, List<List<String>> keys, String more) throws SQLException {
    try (Statement statement = session.createStatement()) {
      return statement.executeLargeUpdate(change + " WHERE " + rows.are(keys) + more);
    }
  }

  /**
   * The times that the source gives. MySQL sets such a column anew with each change of its row,
   * where it was made so, unless the change names it.
   */
  private static String keptTimes(Dialect dialect, TableMapping mapping, TableShape target) {
    return mapping.columns().stream()
        .map(MappedColumn::target)
        .filter(name -> target.column(name).filter(GoneRows::mayChangeByItself).isPresent())
        .map(dialect::quote)
        .map(name -> ", " + name + " = " + name)
        .collect(Collectors.joining());
  }

  private static boolean mayChangeByItself(Column column) {
    ColumnKind kind = column.type().kind();
    return !column.generated() && (kind == ColumnKind.TIMESTAMP || kind == ColumnKind.TIMESTAMPTZ);
  }
}
