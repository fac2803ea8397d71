package dev.tidemark.api.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tidemark.api.table.ErrorView;
import dev.tidemark.api.table.RetryView;
import dev.tidemark.api.table.TableView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch as it is shown.
 *
 * @param status {@code running}, {@code completed}, {@code failed} or {@code interrupted}
 * @param live true when the workflow itself answered, false when this is from the archive
 * @param recordsProcessed rows read and committed: inserted, updated and skipped ones
 * @param kind {@code batch} or {@code repair}
 * @param recordsSkipped rows that were already equal
 * @param recordsDeleted rows that the sources do not have any more, removed or marked
 * @param recordsExtra rows that only the target has, found by a comparison, and that stay there
 * @param workflowUrl its page in the Temporal Web UI; null when none is configured
 * @param resumable whether resume starts it again
 * @param planned whether the tables of all sources are known
 * @param error why it failed when that is the fault of no table; null otherwise
 * @param retries what it waits for, besides its tables; absent where it waits for nothing
 * @param interruption why it was interrupted, or is being interrupted while it still runs, and by
 *     whom; absent where it is not
 * @param verification the comparison that followed the tables; absent where there was none
 * @param tables only where one batch is shown
 */
public record BatchView(
    String id,
    String name,
    String kind,
    String status,
    boolean paused,
    boolean live,
    Options options,
    String requestedBy,
    int totalTables,
    int completedTables,
    int failedTables,
    int skippedTables,
    int pendingTables,
    int inProgressTables,
    long recordsProcessed,
    long recordsSkipped,
    long recordsInserted,
    long recordsUpdated,
    long recordsDeleted,
    long recordsExtra,
    double progressPercent,
    Instant startedAt,
    @Nullable Instant endedAt,
    double durationSeconds,
    @Nullable String workflowUrl,
    boolean resumable,
    boolean planned,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ErrorView error,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RetryView> retries,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String interruption,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable BatchVerificationView verification,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<TableView> tables) {

  /**
   * What was asked for.
   *
   * @param connections empty for all
   * @param tables empty for all
   */
  @Schema(name = "BatchOptions")
  public record Options(List<String> connections, List<String> tables) {}

  /**
   * A page of batches, newest first, without their tables.
   *
   * @param nextCursor to be passed as cursor for the next page; null on the last
   */
  @Schema(name = "BatchListing")
  public record Listing(List<BatchView> batches, @Nullable String nextCursor) {}

  /** Tables of a batch. */
  @Schema(name = "BatchTables")
  public record Tables(List<TableView> tables) {}
}
