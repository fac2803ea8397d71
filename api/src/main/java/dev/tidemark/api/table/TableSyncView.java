package dev.tidemark.api.table;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A table that is synced without a batch.
 *
 * @param workflowId {@code table:<connection>:<table>}
 * @param status of the sync: {@code running}, {@code completed}, {@code failed} or {@code
 *     interrupted}
 * @param batch whose settings hold; null of syncs that an older version started
 * @param live whether the workflow itself answered
 * @param interruption why it was interrupted, or is being interrupted while it still runs, and by
 *     whose key; null when neither
 * @param workflowUrl its page in the Temporal Web UI; null when none is configured
 */
public record TableSyncView(
    String workflowId,
    String status,
    @Nullable String batch,
    boolean live,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String interruption,
    @Nullable String workflowUrl,
    TableView table) {}
