package dev.tidemark.activities.table;

import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.table.TableMapping;
import org.jspecify.annotations.Nullable;

/** The column that tells since when a row is deleted. */
public final class DeletedColumn {

  private DeletedColumn() {}

  /**
   * What the source says in a column cannot be said by deletes too.
   *
   * @throws SyncException COLUMN_MISMATCH when the column is copied
   */
  public static void check(TableMapping mapping, @Nullable String name) {
    if (name != null && mapping.targetColumns().stream().anyMatch(name::equalsIgnoreCase)) {
      throw new SyncException(
          ErrorCode.COLUMN_MISMATCH,
          "Column " + name + " is to tell of deletes, and is copied from the source too.",
          "Name another deleted-column, or exclude the source's column.");
    }
  }
}
