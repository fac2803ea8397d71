package dev.tidemark.activities.batch;

import dev.tidemark.workflows.batch.BatchProgress;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableProgress;
import dev.tidemark.workflows.table.TableStatus;
import dev.tidemark.workflows.verification.VerificationSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Batches that have ended, for tests. */
final class Batches {

  static final String ID = "sync_20251108_143052_aB3dEf9h";
  static final Instant START = Instant.parse("2025-11-08T14:30:52Z");

  private Batches() {}

  static BatchProgress ended(BatchStatus status, List<TableProgress> tables) {
    return new BatchProgress(
        ID, "branches", status, false, true, tables, START, START.plusSeconds(185));
  }

  static BatchProgress failed() {
    return ended(
        BatchStatus.FAILED, List.of(completed("ad_org"), failed("c_invoice"), failed("größe")));
  }

  static BatchProgress failed(int failures) {
    List<TableProgress> tables = new ArrayList<>();
    for (int i = 1; i <= failures; i++) {
      tables.add(failed("t" + i));
    }
    return ended(BatchStatus.FAILED, tables);
  }

  static BatchProgress completed() {
    return ended(BatchStatus.COMPLETED, List.of(completed("ad_org")));
  }

  /** A batch that completed and was compared. */
  static BatchProgress verified(boolean equal) {
    TableProgress table = completed("ad_org");
    TableProgress deleted =
        new TableProgress(
            table.table(),
            table.targetTable(),
            table.status(),
            false,
            1204,
            new RowCounts(1204, 1000, 4, 200, 7, 2),
            0,
            null,
            START,
            START.plusSeconds(9));
    VerificationSummary summary =
        new VerificationSummary(
            "verify_1",
            equal ? BatchStatus.COMPLETED : BatchStatus.FAILED,
            2,
            equal ? 2 : 1,
            equal ? 0 : 1,
            equal
                ? List.of()
                : List.of(
                    new VerificationSummary.Table(table.table(), 1, 2, 3, null),
                    new VerificationSummary.Table(
                        new TableId("pgsql_lmp", "public", "log"), 0, 0, 0, "It has no key.")),
            START.plusSeconds(160),
            START.plusSeconds(180));
    return new BatchProgress(
        ID,
        "branches",
        BatchStatus.COMPLETED,
        false,
        true,
        List.of(deleted),
        START,
        START.plusSeconds(185),
        summary,
        null);
  }

  private static TableProgress completed(String table) {
    return new TableProgress(
        new TableId("pgsql_lmp", "public", table),
        table,
        TableStatus.COMPLETED,
        false,
        1204,
        new RowCounts(1204, 1000, 4, 200),
        0,
        null,
        START,
        START.plusSeconds(9));
  }

  private static TableProgress failed(String table) {
    return new TableProgress(
        new TableId("pgsql_lmp", "public", table),
        table,
        TableStatus.FAILED,
        false,
        10,
        RowCounts.NONE,
        3,
        new ErrorDetail(
            "VALUE_DOES_NOT_FIT",
            "While copying pgsql_lmp.public." + table + ": name <x> & y is too long",
            "Widen the target's column."),
        START,
        START.plusSeconds(9));
  }
}
