package dev.tidemark.workflows.plan;

import dev.tidemark.workflows.batch.BatchStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far a plan is, and at its end what a batch would do.
 *
 * @param planned whether all sources have said which tables there are
 * @param parallelTables tables that the batch would copy at once
 */
public record BatchPlan(
    String id,
    String batch,
    String target,
    BatchStatus status,
    boolean planned,
    int parallelTables,
    Instant startedAt,
    @Nullable Instant endedAt,
    List<PlannedCopy> tables) {

  public BatchPlan {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(batch, "batch");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(startedAt, "startedAt");
    tables = List.copyOf(tables);
  }

  /** Whether a batch would come to its end, as far as can be told before. */
  public boolean passes() {
    return status == BatchStatus.COMPLETED
        && !tables.isEmpty()
        && tables.stream().allMatch(table -> table.refusals().isEmpty());
  }

  /** Tables of which all is told. */
  public long told() {
    return tables.stream().filter(PlannedCopy::told).count();
  }
}
