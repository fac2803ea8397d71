package dev.tidemark.api.plan;

import dev.tidemark.api.run.Run;
import dev.tidemark.api.run.RunList;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A plan in a list.
 *
 * @param batch null while no worker has taken up one that an older version started
 * @param status {@code running}, {@code completed}, {@code failed} or {@code interrupted}
 * @param workflowUrl its page in the Temporal Web UI; null when none is configured
 */
@Schema(name = "PlanRow")
record PlanRow(
    String id,
    @Nullable String batch,
    String status,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String workflowUrl) {

  /** A page of them. */
  @Schema(name = "PlanListing")
  record Listing(List<PlanRow> plans, @Nullable String nextCursor) {

    static Listing of(RunList.Page<PlanRow> page) {
      return new Listing(page.rows(), page.nextCursor());
    }
  }

  static PlanRow of(Run run, @Nullable String workflowUrl) {
    return new PlanRow(
        run.workflowId(),
        run.batch(),
        run.status().name().toLowerCase(Locale.ROOT),
        run.startedAt(),
        run.closedAt(),
        workflowUrl);
  }
}
