package dev.tidemark.api.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.run.PendingTable;
import dev.tidemark.connect.catalog.TableLabels;
import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.TableHeartbeat;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableProgress;
import dev.tidemark.workflows.table.TableStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TableViewTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final TableId TABLE = new TableId("lmp", "public", "c_invoice");

  @Test
  void aCopyThatIsTriedAgainShowsWhy() {
    ErrorDetail lost = new ErrorDetail("CONNECTION_FAILED", "the line was cut", "Look.");
    PendingTable pending = new PendingTable(heartbeat(null), 3, NOW.plusSeconds(4), lost);

    TableView view = view(TableStatus.IN_PROGRESS, pending);

    assertThat(view.error()).isNotNull();
    assertThat(view.nextRetryAt()).isEqualTo(NOW.plusSeconds(4));
    assertThat(view.attempt()).isEqualTo(3);
    assertThat(view.rowsPerSecond()).isNull();
    assertThat(view.recordsProcessed()).isEqualTo(300);
    assertThat(view.cursor()).isEqualTo("300");
  }

  @Test
  void aTableThatWaitsForItsSliceHasNotFailed() {
    ErrorDetail busy = new ErrorDetail("SLICE_BUSY", "c_invoice is held by other", "Wait.");
    PendingTable pending =
        new PendingTable(heartbeat("c_invoice is held by other"), 9, NOW.plusSeconds(4), busy);

    TableView view = view(TableStatus.PENDING, pending);

    assertThat(view.status()).isEqualTo("pending");
    assertThat(view.waitingFor()).isEqualTo("c_invoice is held by other");
    assertThat(view.error()).isNull();
    assertThat(view.attempt()).isNull();
    assertThat(view.nextRetryAt()).isNull();
  }

  @Test
  void aTableThatHasEndedIsAsItsWorkflowSays() {
    PendingTable late = new PendingTable(heartbeat(null), 1, null, null);

    TableView view = view(TableStatus.COMPLETED, late);

    assertThat(view.recordsProcessed()).isEqualTo(100);
    assertThat(view.cursor()).isNull();
    assertThat(view.progressPercent()).isEqualTo(100);
    assertThat(view.deadLetters()).isEqualTo(3);
  }

  private static TableView view(TableStatus status, PendingTable pending) {
    return TableView.of(table(status), new TableLabels(List.of()), pending, NOW);
  }

  private static TableProgress table(TableStatus status) {
    return new TableProgress(
        TABLE,
        "c_invoice",
        status,
        false,
        1000,
        new RowCounts(100, 97, 0, 0, 0, 0, 3),
        0,
        null,
        NOW.minusSeconds(60),
        null);
  }

  private static TableHeartbeat heartbeat(@Nullable String waitingFor) {
    return new TableHeartbeat(
        TABLE, "300", new RowCounts(300, 300, 0, 0), 1000, 50, 0, 2, waitingFor);
  }
}
