package dev.tidemark.activities.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.workflows.batch.BatchProgress;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableProgress;
import dev.tidemark.workflows.table.TableStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchReportTest {

  private static final Instant START = Instant.parse("2025-11-08T14:30:52Z");

  @Test
  void saysThatRowsAreMissingThoughAllTablesCompleted() {
    TableProgress table =
        new TableProgress(
            new TableId("pgsql_lmp", "public", "ad_org"),
            "ad_org",
            TableStatus.COMPLETED,
            false,
            1204,
            new RowCounts(1204, 1201, 0, 0, 0, 0, 3),
            0,
            null,
            START,
            START.plusSeconds(9));
    BatchProgress progress = Batches.ended(BatchStatus.COMPLETED, List.of(table));
    assertThat(BatchReport.of(progress, START).summary())
        .isEqualTo("1 of 1 tables completed; 1,204 rows in 3 min 5 s, 3 in dead letters");
    assertThat(BatchReport.of(Batches.completed(), START).summary()).doesNotContain("letters");
  }
}
