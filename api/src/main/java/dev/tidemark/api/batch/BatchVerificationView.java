package dev.tidemark.api.batch;

import dev.tidemark.workflows.verification.VerificationSummary;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The comparison that followed the tables of a batch.
 *
 * @param id by which its keys can be asked for
 * @param status {@code running}, {@code completed}, {@code failed} when a table could not be
 *     compared, or {@code interrupted}
 * @param equal whether all tables were compared, and nothing differs but what somebody decided
 * @param totalTables tables of the batch that had completed
 * @param comparedTables of those, tables that were compared
 * @param differingTables of those, tables in which something differs
 * @param durationSeconds how long it took; part of what the batch took
 * @param tables the first tables that differ or could not be compared
 * @param repairable whether a repair would mend something of what differs
 * @param recordsDecided rows of all tables that differ because somebody edited or discarded their
 *     dead letters
 */
public record BatchVerificationView(
    String id,
    String status,
    boolean equal,
    int totalTables,
    int comparedTables,
    int differingTables,
    Instant startedAt,
    @Nullable Instant endedAt,
    double durationSeconds,
    List<Table> tables,
    boolean repairable,
    long recordsDecided) {

  /**
   * A table that is not known to be equal.
   *
   * @param missing keys that only the source has
   * @param extra keys that only the slice of the target has
   * @param different keys whose rows differ
   * @param error why it could not be compared; null when it was
   * @param inLetters of the missing and different ones, keys whose rows are in open dead letters
   * @param decided further keys, whose rows differ as somebody decided in their dead letters
   * @param keyless whether it has no key: rows were compared as a whole, and mode replace mends it,
   *     not a repair of the verification
   */
  @Schema(name = "UnequalTable")
  public record Table(
      String id,
      long missing,
      long extra,
      long different,
      @Nullable String error,
      long inLetters,
      long decided,
      boolean keyless) {

    private static Table of(VerificationSummary.Table table) {
      return new Table(
          table.table().toString(),
          table.missing(),
          table.extra(),
          table.different(),
          table.error(),
          table.inLetters(),
          table.decided(),
          table.keyless());
    }
  }

  /** Null where there was no comparison. */
  static @Nullable BatchVerificationView of(@Nullable VerificationSummary summary, Instant now) {
    if (summary == null) {
      return null;
    }
    Instant end = summary.endedAt() == null ? now : summary.endedAt();
    return new BatchVerificationView(
        summary.id(),
        summary.status().name().toLowerCase(Locale.ROOT),
        summary.equal(),
        summary.totalTables(),
        summary.comparedTables(),
        summary.differingTables(),
        summary.startedAt(),
        summary.endedAt(),
        Math.max(0, Duration.between(summary.startedAt(), end).toMillis()) / 1_000.0,
        summary.tables().stream().map(Table::of).toList(),
        summary.mendable(),
        summary.decidedRows());
  }
}
