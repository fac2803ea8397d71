package dev.tidemark.api.table;

import dev.tidemark.connect.catalog.TablePath;
import dev.tidemark.workflows.table.TableId;

/** From the tables of workflows to those that people name. */
public final class TablePaths {

  private TablePaths() {}

  /** The same table. */
  public static TablePath of(TableId table) {
    return new TablePath(table.connection(), table.schema(), table.table());
  }
}
