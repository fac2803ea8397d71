package dev.tidemark.connect.control;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One table of a batch as the archive keeps it.
 *
 * @param model name of the table as a class, such as {@code AdOrg} for {@code ad_org}
 * @param status {@code pending}, {@code in_progress}, {@code completed}, {@code failed} or {@code
 *     skipped}
 * @param recordsProcessed rows read and committed
 * @param recordsSkipped rows that were already equal in the target
 * @param recordsDeleted rows that the source does not have any more, removed or marked
 * @param recordsExtra rows that only the target has, and that stay there
 * @param estimatedRows rows that the planner expects, 0 when unknown
 * @param position place in the order in which the batch starts its tables, from 0
 * @param remarks what to know of it although it completed
 * @param deadLetters rows that the target refuses, in open dead letters
 * @param recordsDecided rows that differ since somebody edited or discarded their dead letters
 */
public record ArchivedTable(
    String batchId,
    String connection,
    String schema,
    String table,
    String model,
    String targetTable,
    String status,
    long recordsProcessed,
    long recordsInserted,
    long recordsUpdated,
    long recordsSkipped,
    long recordsDeleted,
    long recordsExtra,
    long estimatedRows,
    @Nullable String errorCode,
    @Nullable String errorMessage,
    @Nullable String remedy,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    int retryCount,
    int position,
    List<String> remarks,
    long deadLetters,
    long recordsDecided) {

  public ArchivedTable {
    Objects.requireNonNull(batchId, "batchId");
    Objects.requireNonNull(connection, "connection");
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(targetTable, "targetTable");
    Objects.requireNonNull(status, "status");
    remarks = List.copyOf(remarks);
  }

  /** A table of which no row is in a dead letter. */
  public ArchivedTable(
      String batchId,
      String connection,
      String schema,
      String table,
      String model,
      String targetTable,
      String status,
      long recordsProcessed,
      long recordsInserted,
      long recordsUpdated,
      long recordsSkipped,
      long recordsDeleted,
      long recordsExtra,
      long estimatedRows,
      @Nullable String errorCode,
      @Nullable String errorMessage,
      @Nullable String remedy,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt,
      int retryCount,
      int position,
      List<String> remarks) {
    this(
        batchId,
        connection,
        schema,
        table,
        model,
        targetTable,
        status,
        recordsProcessed,
        recordsInserted,
        recordsUpdated,
        recordsSkipped,
        recordsDeleted,
        recordsExtra,
        estimatedRows,
        errorCode,
        errorMessage,
        remedy,
        startedAt,
        endedAt,
        retryCount,
        position,
        remarks,
        0,
        0);
  }
}
