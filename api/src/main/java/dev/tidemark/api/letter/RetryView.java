package dev.tidemark.api.letter;

import dev.tidemark.api.table.ErrorView;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Letters of a table that are tried again.
 *
 * @param workflowId {@code letters:<connection>:<table>}
 * @param status {@code running}, {@code completed}, {@code failed} or {@code interrupted}
 * @param resolved rows that the target has now
 * @param discarded rows that the source has no more
 * @param refused rows that the target refused once more, whose letters stay open
 * @param waitingFor who writes the table meanwhile
 * @param error why it failed
 * @param workflowUrl its page in the Temporal Web UI; null when none is configured
 */
@Schema(name = "DeadLetterRetry")
record RetryView(
    String workflowId,
    String connection,
    String table,
    String status,
    int resolved,
    int discarded,
    int refused,
    @Nullable String waitingFor,
    @Nullable ErrorView error,
    @Nullable String workflowUrl) {}
