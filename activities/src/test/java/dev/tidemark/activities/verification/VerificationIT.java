package dev.tidemark.activities.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.activities.table.StopSignal;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.connection.Connections;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.workflows.table.RetrySpec;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableSpec;
import dev.tidemark.workflows.table.TableTask;
import dev.tidemark.workflows.table.WhenBusy;
import dev.tidemark.workflows.verification.DifferingKey;
import dev.tidemark.workflows.verification.Findings;
import dev.tidemark.workflows.verification.VerificationActivities;
import dev.tidemark.workflows.verification.VerificationHeartbeat;
import dev.tidemark.workflows.verification.VerificationTask;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The activity on real databases. */
class VerificationIT {

  private final ConnectionConfiguration source = TestServer.POSTGRESQL.newDatabase("branch");
  private final ConnectionConfiguration target = TestServer.MARIADB.newDatabase("dashboard");
  private final Connections connections = new Connections(List.of(source, target));
  private final TestActivityEnvironment environment = TestActivityEnvironment.newInstance();
  private final VerificationActivities activities =
      environment.newActivityStub(VerificationActivities.class);

  @BeforeEach
  void start() {
    environment.registerActivitiesImplementations(
        new VerificationActivitiesImpl(connections, new StopSignal()));
    TestServer.execute(
        source,
        "CREATE TABLE item (id int PRIMARY KEY, name varchar(40), qty int)",
        "INSERT INTO item SELECT n, 'item ' || n, n % 9 FROM generate_series(1, 1000) n");
    TestServer.execute(
        target,
        "CREATE TABLE item (branch varchar(20) NOT NULL, id int NOT NULL, name varchar(40),"
            + " qty int, PRIMARY KEY (branch, id)) CHARACTER SET utf8mb4",
        "INSERT INTO item SELECT 'lmp', seq, concat('item ', seq), seq % 9 FROM seq_1_to_1000",
        "INSERT INTO item SELECT 'sby', seq, 'other', 0 FROM seq_1_to_50");
  }

  @AfterEach
  void stop() {
    environment.close();
    connections.close();
  }

  static VerificationTask task(int limit) {
    return new VerificationTask(
        new TableTask(
            new TableId("branch", "public", "item"),
            "dashboard",
            "item",
            new TableSpec(
                null, List.of(), List.of(), List.of(), Map.of(), Map.of("branch", "lmp"), 100),
            RetrySpec.DEFAULT,
            WhenBusy.WAIT,
            true,
            1000,
            1),
        limit);
  }

  private void change() {
    TestServer.execute(
        target,
        "UPDATE item SET qty = 100 WHERE branch = 'lmp' AND id IN (150, 950)",
        "UPDATE item SET name = NULL, qty = 100 WHERE branch = 'lmp' AND id = 450",
        "DELETE FROM item WHERE branch = 'lmp' AND id = 550",
        "INSERT INTO item VALUES ('lmp', 1001, 'x', 1)");
  }

  @Test
  void tellsRowsKeysAndColumnsOfOneSlice() {
    assertThat(activities.verifyTable(task(10)))
        .isEqualTo(new Findings(1000, 1000, 0, 0, 0, List.of()));
    change();
    assertThat(activities.verifyTable(task(10)))
        .isEqualTo(
            new Findings(
                1000,
                1000,
                1,
                1,
                3,
                List.of(
                    new DifferingKey(List.of("150"), "different", List.of("qty")),
                    new DifferingKey(List.of("450"), "different", List.of("name", "qty")),
                    new DifferingKey(List.of("550"), "missing", List.of()),
                    new DifferingKey(List.of("950"), "different", List.of("qty")),
                    new DifferingKey(List.of("1001"), "extra", List.of()))));
  }

  /** No sync writes it, so no sync would mend it. */
  @Test
  void leavesOutWhatTheTargetComputes() {
    TestServer.execute(
        target,
        "ALTER TABLE item DROP COLUMN qty",
        "ALTER TABLE item ADD COLUMN qty int AS (id * 1000) STORED");
    assertThat(activities.verifyTable(task(10)))
        .isEqualTo(new Findings(1000, 1000, 0, 0, 0, List.of()));
  }

  @Test
  void countsAllKeysAndNamesTheFirst() {
    change();
    Findings findings = activities.verifyTable(task(2));
    assertThat(findings.differing()).isEqualTo(5);
    assertThat(findings.first())
        .extracting(DifferingKey::key)
        .containsExactly(List.of("150"), List.of("450"));
  }

  /** What the attempt before found up to its cursor is neither lost nor found again. */
  @Test
  void goesOnFromTheHeartbeatOfTheAttemptBefore() {
    change();
    Findings before =
        new Findings(
            400,
            400,
            0,
            0,
            1,
            List.of(new DifferingKey(List.of("150"), "different", List.of("qty"))));
    environment.setHeartbeatDetails(
        new VerificationHeartbeat(task(10).table().source(), List.of("400"), before, 0));
    // A change that this attempt must not see.
    TestServer.execute(target, "UPDATE item SET qty = 100 WHERE branch = 'lmp' AND id = 20");
    Findings findings = activities.verifyTable(task(10));
    assertThat(findings.sourceRows()).isEqualTo(1000);
    assertThat(findings.different()).isEqualTo(3);
    assertThat(findings.first())
        .extracting(key -> key.key().getFirst())
        .containsExactly("150", "450", "550", "950", "1001");
  }

  @Test
  void saysWhatIsMissing() {
    TestServer.execute(target, "DROP TABLE item");
    assertThatThrownBy(() -> activities.verifyTable(task(10)))
        .isInstanceOf(ActivityFailure.class)
        .cause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo("TARGET_TABLE_MISSING");
              assertThat(failure.isNonRetryable()).isTrue();
            });
  }
}
