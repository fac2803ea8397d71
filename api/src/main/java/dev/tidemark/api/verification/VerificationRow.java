package dev.tidemark.api.verification;

import dev.tidemark.api.run.Run;
import dev.tidemark.api.run.RunList;
import dev.tidemark.workflows.verification.VerificationSummary;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A verification in a list.
 *
 * @param batch null while no worker has taken up one that an older version started
 * @param status {@code running}, {@code completed}, {@code failed} when a table could not be
 *     compared, or {@code interrupted}
 * @param equal whether all tables were compared and none differs; null until it has ended by
 *     itself, as all numbers
 * @param differingTables tables in which something differs
 * @param workflowUrl its page in the Temporal Web UI; null when none is configured
 */
@Schema(name = "VerificationRow")
record VerificationRow(
    String id,
    @Nullable String batch,
    String status,
    @Nullable Boolean equal,
    @Nullable Integer totalTables,
    @Nullable Integer comparedTables,
    @Nullable Integer differingTables,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String workflowUrl) {

  /** A page of them. */
  @Schema(name = "VerificationListing")
  record Listing(List<VerificationRow> verifications, @Nullable String nextCursor) {

    static Listing of(RunList.Page<VerificationRow> page) {
      return new Listing(page.rows(), page.nextCursor());
    }
  }

  static VerificationRow of(
      Run run, Optional<VerificationSummary> found, @Nullable String workflowUrl) {
    return new VerificationRow(
        run.workflowId(),
        run.batch(),
        run.status().name().toLowerCase(Locale.ROOT),
        found.map(VerificationSummary::equal).orElse(null),
        found.map(VerificationSummary::totalTables).orElse(null),
        found.map(VerificationSummary::comparedTables).orElse(null),
        found.map(VerificationSummary::differingTables).orElse(null),
        run.startedAt(),
        run.closedAt(),
        workflowUrl);
  }
}
