package dev.tidemark.workflows.verification;

import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.table.TableStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far a verification is, and at its end what it found.
 *
 * @param status failed when a table could not be compared; completed means compared, not equal
 * @param planned whether all sources have said which tables there are
 */
public record VerificationReport(
    String id,
    String batch,
    String target,
    BatchStatus status,
    boolean planned,
    Instant startedAt,
    @Nullable Instant endedAt,
    List<VerifiedTable> tables) {

  public VerificationReport {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(batch, "batch");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(startedAt, "startedAt");
    tables = List.copyOf(tables);
  }

  /** Whether all tables were compared and none differs, but for what somebody decided. */
  public boolean equal() {
    return status == BatchStatus.COMPLETED
        && tables.stream()
            .map(VerifiedTable::findings)
            .allMatch(findings -> findings != null && findings.differing() == 0);
  }

  /** How many tables stand like this. */
  public long count(TableStatus wanted) {
    return tables.stream().filter(table -> table.status() == wanted).count();
  }
}
