package dev.tidemark.connect.control;

/**
 * Sums over the tables of one batch.
 *
 * @param expectedRows rows that its tables have or are expected to have, 0 when unknown
 */
public record BatchTotals(
    int pendingTables,
    int inProgressTables,
    long recordsProcessed,
    long recordsInserted,
    long recordsUpdated,
    long recordsSkipped,
    long recordsDeleted,
    long recordsExtra,
    long expectedRows) {

  public static final BatchTotals NONE = new BatchTotals(0, 0, 0, 0, 0, 0, 0, 0, 0);
}
