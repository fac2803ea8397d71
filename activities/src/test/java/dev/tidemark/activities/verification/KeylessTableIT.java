package dev.tidemark.activities.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.activities.table.StopSignal;
import dev.tidemark.activities.table.TwoSides;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.workflows.table.Deletes;
import dev.tidemark.workflows.table.ModeSpec;
import dev.tidemark.workflows.table.RetrySpec;
import dev.tidemark.workflows.table.RowSpec;
import dev.tidemark.workflows.table.SyncMode;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableSpec;
import dev.tidemark.workflows.table.TableTask;
import dev.tidemark.workflows.table.WhenBusy;
import dev.tidemark.workflows.verification.Findings;
import dev.tidemark.workflows.verification.VerificationActivities;
import dev.tidemark.workflows.verification.VerificationTask;
import io.temporal.testing.TestActivityEnvironment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables without a key, which are copied as a whole, are compared as a whole. */
class KeylessTableIT {

  private static final TableSpec LMP =
      new TableSpec(
          null,
          List.of(),
          List.of(),
          List.of(),
          Map.of("body", "words"),
          Map.of("branch", "lmp"),
          0,
          1,
          new ModeSpec(SyncMode.REPLACE, null, Deletes.HARD, null),
          RowSpec.ALL);

  private static Findings verify(TwoSides sides) {
    TableTask table =
        new TableTask(
            new TableId("here", sides.source.schema(), "item"),
            "there",
            "item",
            sides.spec,
            RetrySpec.DEFAULT,
            WhenBusy.WAIT,
            true,
            3000,
            1);
    TestActivityEnvironment environment = TestActivityEnvironment.newInstance();
    try {
      environment.registerActivitiesImplementations(
          new VerificationActivitiesImpl(sides.connections, new StopSignal()));
      return environment
          .newActivityStub(VerificationActivities.class)
          .verifyTable(new VerificationTask(table, 10));
    } finally {
      environment.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void isEqualAfterItsSyncAndDiffersByRows(TestServer to) throws Exception {
    try (TwoSides sides = new TwoSides(TestServer.POSTGRESQL, to, LMP)) {
      sides.atSource(
          "CREATE TABLE item (body text, at timestamptz, n numeric(9,2))",
          "INSERT INTO item SELECT 'row ' || i % 900, '2026-01-01Z'::timestamptz"
              + " + i % 900 * interval '1 minute', i % 900 FROM generate_series(1, 3000) i",
          "INSERT INTO item VALUES (NULL, NULL, NULL), (NULL, NULL, NULL)");
      sides.copy();
      // Another source's.
      sides.atTarget("INSERT INTO item (branch, words) VALUES ('sby', 'theirs')");
      assertThat(verify(sides)).isEqualTo(new Findings(3002, 3002, 0, 0, 0, List.of(), 0, 0, true));

      sides.atTarget(
          "UPDATE item SET n = 1000 WHERE words = 'row 899'",
          "INSERT INTO item (branch, words) VALUES ('lmp', 'ours')");
      sides.atSource("INSERT INTO item VALUES (NULL, NULL, NULL)");
      Findings findings = verify(sides);
      assertThat(findings).isEqualTo(new Findings(3003, 3003, 4, 4, 0, List.of(), 0, 0, true));
      assertThat(findings.mendable()).isFalse();

      sides.newPass("second");
      sides.copy();
      assertThat(verify(sides).differing()).isZero();
    }
  }
}
