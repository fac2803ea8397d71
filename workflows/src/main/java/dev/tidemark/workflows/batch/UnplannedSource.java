package dev.tidemark.workflows.batch;

import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableProgress;
import dev.tidemark.workflows.table.TableStatus;

/** The row that stands for all tables of a source until its plan replaces it. */
final class UnplannedSource {

  private static final String ALL = "*";

  private UnplannedSource() {}

  static PlannedTable planned(String connection) {
    return new PlannedTable(id(connection), ALL, 0, null);
  }

  static TableProgress row(String connection) {
    return new TableProgress(
        id(connection), ALL, TableStatus.PENDING, false, 0, RowCounts.NONE, 0, null, null, null);
  }

  private static TableId id(String connection) {
    return new TableId(connection, "", ALL);
  }

  static boolean is(TableId table) {
    return table.table().equals(ALL);
  }
}
