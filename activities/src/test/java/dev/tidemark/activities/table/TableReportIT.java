package dev.tidemark.activities.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.connect.checkpoint.Checkpoint;
import dev.tidemark.connect.checkpoint.Claimant;
import dev.tidemark.connect.checkpoint.Owner;
import dev.tidemark.connect.checkpoint.OwnerState;
import dev.tidemark.connect.checkpoint.RowTally;
import dev.tidemark.connect.checkpoint.SliceKey;
import dev.tidemark.connect.checkpoint.SliceSession;
import dev.tidemark.connect.checkpoint.Slices;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.workflows.table.RetrySpec;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableSpec;
import dev.tidemark.workflows.table.TableTask;
import dev.tidemark.workflows.table.WhenBusy;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TableReportIT {

  private static final TableTask TASK =
      new TableTask(
          new TableId("here", "public", "item"),
          "there",
          "item",
          TableSpec.DEFAULT,
          RetrySpec.DEFAULT,
          WhenBusy.WAIT,
          true,
          0,
          1);

  /** Otherwise a pass that commits before each failure, and gets no further, would never end. */
  @Test
  void onlyACommitThatBringsTheTableFurtherMendsFailures() throws Exception {
    ConnectionConfiguration target = TestServer.POSTGRESQL.newDatabase("there");
    Slices slices = new Slices(target, owner -> OwnerState.RUNNING);
    try (Connection preparing = TestServer.open(target);
        Connection session = TestServer.open(target)) {
      slices.prepare(preparing);
      session.setAutoCommit(false);
      SliceSession slice =
          slices.claim(
              session,
              new SliceKey("item", ""),
              new Claimant(
                  new Owner("namespace", "workflow", "run"), "pass", "here.item", 1, 1, false),
              finished -> true);
      TableReport report = new TableReport(TASK, Optional.empty());
      report.at(slice.slice());
      assertThat(report.failed()).isEqualTo(1);

      commit(slice, report, Checkpoint.START);
      assertThat(report.failures()).as("nothing moved").isEqualTo(1);

      Checkpoint moved = Checkpoint.START.after(List.of("5"), RowTally.NONE);
      commit(slice, report, moved);
      assertThat(report.failures()).as("the cursor moved").isZero();
      assertThat(report.failed()).isEqualTo(1);

      Checkpoint written = moved.after(null, new RowTally(0, 0, 1));
      commit(slice, report, written);
      assertThat(report.failures()).as("a row was updated").isZero();
      assertThat(report.failed()).isEqualTo(1);

      commit(slice, report, written);
      assertThat(report.failed()).as("nothing moved").isEqualTo(2);
    }
  }

  private static void commit(SliceSession slice, TableReport report, Checkpoint checkpoint)
      throws Exception {
    slice.commit(checkpoint);
    report.committed(slice.slice());
  }
}
