package dev.tidemark.workflows.verification;

import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a batch tells of the verification that followed it; the keys are in the verification's own
 * report.
 *
 * @param id of the verification
 * @param status completed when all tables were compared, whatever was found
 * @param totalTables tables that were to be compared
 * @param comparedTables of those, tables that were
 * @param differingTables of those, tables in which something differs
 * @param tables the first tables that differ or could not be compared
 * @param endedAt null while it runs
 * @param unmendableTables of the differing ones, tables in which a repair would mend nothing: they
 *     have no key, or all that differs is in open dead letters
 * @param decidedRows rows of all tables that differ because somebody decided so in their dead
 *     letters, and that count as differing nowhere
 */
public record VerificationSummary(
    String id,
    BatchStatus status,
    int totalTables,
    int comparedTables,
    int differingTables,
    List<Table> tables,
    Instant startedAt,
    @Nullable Instant endedAt,
    int unmendableTables,
    long decidedRows) {

  /** Tables that are named. */
  public static final int MOST_TABLES = 50;

  /**
   * A table that is not known to be equal.
   *
   * @param missing keys that only the source has
   * @param extra keys that only the slice of the target has
   * @param different keys whose rows differ
   * @param error why it could not be compared; null when it was
   * @param inLetters of the missing and different ones, keys whose rows are in open dead letters
   * @param decided further keys, whose rows differ as somebody decided in their dead letters
   * @param keyless whether it has no key, and rows were compared as a whole
   */
  public record Table(
      TableId table,
      long missing,
      long extra,
      long different,
      @Nullable String error,
      long inLetters,
      long decided,
      boolean keyless) {

    public Table {
      Objects.requireNonNull(table, "table");
    }

    /** A table with a key, none of whose rows is in a letter. */
    public Table(TableId table, long missing, long extra, long different, @Nullable String error) {
      this(table, missing, extra, different, error, 0, 0, false);
    }

    private static Table of(VerifiedTable verified) {
      Findings found = Objects.requireNonNullElse(verified.findings(), Findings.NONE);
      return new Table(
          verified.table(),
          found.missing(),
          found.extra(),
          found.different(),
          verified.error() == null ? null : verified.error().message(),
          found.inLetters(),
          found.decided(),
          found.keyless());
    }
  }

  public VerificationSummary {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(startedAt, "startedAt");
    tables = List.copyOf(tables);
  }

  /** One of tables with keys, none of whose rows is in a letter. */
  public VerificationSummary(
      String id,
      BatchStatus status,
      int totalTables,
      int comparedTables,
      int differingTables,
      List<Table> tables,
      Instant startedAt,
      @Nullable Instant endedAt) {
    this(
        id, status, totalTables, comparedTables, differingTables, tables, startedAt, endedAt, 0, 0);
  }

  /** One that has begun. */
  public static VerificationSummary begun(String id, int totalTables, Instant now) {
    return new VerificationSummary(
        id, BatchStatus.RUNNING, totalTables, 0, 0, List.of(), now, null);
  }

  /** The same, ended without a report. */
  public VerificationSummary ended(BatchStatus end, Instant now) {
    return new VerificationSummary(
        id,
        end,
        totalTables,
        comparedTables,
        differingTables,
        tables,
        startedAt,
        now,
        unmendableTables,
        decidedRows);
  }

  /** The short form of a report. */
  public static VerificationSummary of(VerificationReport report) {
    List<VerifiedTable> unequal =
        report.tables().stream()
            .filter(table -> table.error() != null || differs(table))
            .limit(MOST_TABLES)
            .toList();
    return new VerificationSummary(
        report.id(),
        report.status(),
        report.tables().size(),
        (int) report.count(TableStatus.COMPLETED),
        (int) report.tables().stream().filter(VerificationSummary::differs).count(),
        unequal.stream().map(Table::of).toList(),
        report.startedAt(),
        report.endedAt(),
        (int) findings(report).filter(found -> found.differing() > 0 && !found.mendable()).count(),
        findings(report).mapToLong(Findings::decided).sum());
  }

  private static Stream<Findings> findings(VerificationReport report) {
    return report.tables().stream().flatMap(table -> Stream.ofNullable(table.findings()));
  }

  private static boolean differs(VerifiedTable table) {
    return table.findings() != null && table.findings().differing() > 0;
  }

  /** Whether a repair would mend something of what differs. */
  public boolean mendable() {
    return differingTables > unmendableTables;
  }

  /** Whether all tables were compared, and nothing differs but what somebody decided. */
  public boolean equal() {
    return status == BatchStatus.COMPLETED && comparedTables == totalTables && differingTables == 0;
  }
}
