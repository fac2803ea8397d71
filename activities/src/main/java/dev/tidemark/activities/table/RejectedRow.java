package dev.tidemark.activities.table;

import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.LongValues;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.table.Column;
import dev.tidemark.connect.table.KeyRange;
import dev.tidemark.connect.table.RowRejectedException;
import dev.tidemark.connect.table.SourceTable;
import dev.tidemark.workflows.table.TableTask;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the row that the target did not take, so that a person can look at it. */
final class RejectedRow {

  /** Where rows may be kept and are not. */
  private static final String WITHOUT_KEY =
      "No dead letter can be written of it: that needs a key which identifies one row.";

  private final TableTask task;
  private final SourceTable source;

  /** A row of this table, whose session is free. */
  RejectedRow(TableTask task, SourceTable source) {
    this.task = task;
    this.source = source;
  }

  /**
   * What to tell of a rejection.
   *
   * @param range the chunk in which the row is
   */
  SyncException explained(KeyRange range, RowRejectedException rejection) {
    return explained(row(range, rejection), rejection);
  }

  /** As the other, of a row whose key is known. */
  SyncException explained(List<String> key, RowRejectedException rejection) {
    return explained("Row " + named(key), rejection);
  }

  /** As the other, where nobody can tell which row it is. */
  SyncException explained(RowRejectedException rejection) {
    return explained("A row", rejection);
  }

  private SyncException explained(String row, RowRejectedException rejection) {
    ErrorCode code = rejection.code();
    return new SyncException(
        code,
        row
            + " of "
            + task.source()
            + " is not taken by "
            + task.targetConnection()
            + "."
            + task.targetTable()
            + ": "
            + rejection.getMessage()
            + (task.spec().rows().deadLetters() > 0 ? " " + WITHOUT_KEY : ""),
        Failures.remedy(code),
        rejection);
  }

  private String row(KeyRange range, RowRejectedException rejection) {
    Optional<List<String>> key = key(range, rejection);
    if (key.isPresent()) {
      return "Row " + named(key.get());
    }
    List<String> after = range.after();
    return after == null ? "A row of the first chunk" : "A row soon after " + named(after);
  }

  private Optional<List<String>> key(KeyRange range, RowRejectedException rejection) {
    if (rejection.row() < 1 || source.mapping().order().isEmpty()) {
      return Optional.empty();
    }
    try {
      return source
          .dialect()
          .keyAfter(source.session(), source.mapping(), range, Math.toIntExact(rejection.row()));
    } catch (SQLException e) {
      // Why the row is rejected counts more than which it is.
      rejection.addSuppressed(e);
      return Optional.empty();
    }
  }

  private String named(List<String> key) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < key.size(); i++) {
      Column column = source.mapping().order().get(i);
      parts.add(column.name() + "=" + LongValues.cut(key.get(i)));
    }
    return String.join(", ", parts);
  }
}
