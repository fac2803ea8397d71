package dev.tidemark.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.StateFolder;
import dev.tidemark.cli.client.ApiAddress;
import dev.tidemark.cli.client.ApiClient;
import dev.tidemark.cli.client.StartBatch;
import dev.tidemark.cli.process.ChildProcess;
import dev.tidemark.cli.process.FreePort;
import dev.tidemark.cli.role.LocalStack;
import dev.tidemark.cli.server.EmbeddedMariaDb;
import dev.tidemark.cli.server.EmbeddedTemporal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Batches whose processes are killed with SIGKILL at random moments, one a batch, each of the four
 * kinds in turn: worker, API, Temporal, target database.
 *
 * <p>{@code -Dtidemark.kills=10} sets how many batches, {@code -Dtidemark.seed=…} repeats a run's
 * moments, {@code -Dtidemark.kill-rows=…} sets the invoices of each branch.
 */
class SurvivesKillsIT {

  /** Of both branches; how many chunks that were depends on how the ranges were split. */
  private static final String INVOICES_READ = "rows_read WHERE table_name = 'c_invoice'";

  private static final int KILLS = Integer.getInteger("tidemark.kills", 4);
  private static final long SEED = Long.getLong("tidemark.seed", System.nanoTime());
  private static final long ROWS = Long.getLong("tidemark.kill-rows", 50_000);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private enum Victim {
    WORKER,
    API,
    TEMPORAL,
    TARGET
  }

  @TempDir private Path folder;

  private LocalStack stack;
  private DemoServers servers;
  private DemoRoles roles;
  private ChildProcess worker;
  private ChildProcess api;
  private EmbeddedTemporal temporal;
  private EmbeddedMariaDb target;
  private ApiClient client;

  @BeforeEach
  void start() throws Exception {
    stack = LocalStack.open(new StateFolder(folder));
    servers = DemoServers.start(stack, 0, line -> {});
    temporal = servers.temporal();
    target = servers.mariaDb();
    for (DemoServers.Branch branch : DemoServers.BRANCHES) {
      servers.postgres().createDatabase(branch.connection());
      DemoData.fill(servers.postgres(), branch.connection(), branch.seed(), ROWS);
    }
    roles = DemoRoles.of(stack, servers, ROWS, FreePort.or(0));
    worker = roles.worker().start();
    api = roles.api().start();
    client = new ApiClient(new ApiAddress(roles.url(), stack.localKey(), "test"));
    await().atMost(PATIENCE).until(client::up);
  }

  @AfterEach
  void stop() {
    if (client != null) {
      client.close();
    }
    if (worker != null) {
      worker.kill();
    }
    if (api != null) {
      api.kill();
    }
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  void everyBatchEndsCompletedAndEqualWhateverIsKilledAndWhen() throws Exception {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    List<String> report = new ArrayList<>();
    for (int i = 0; i < KILLS; i++) {
      report.add(batch(i, Victim.values()[i % Victim.values().length], random));
    }
    report.forEach(System.out::println);
  }

  private String batch(int number, Victim victim, Random random) throws Exception {
    servers.emptyTarget();
    JsonNode started = client.startBatch(new StartBatch("branches", List.of(), List.of(), null));
    String id = started.get("id").asText();
    long all = 2 * ROWS;
    long moment = all * (5 + random.nextInt(80)) / 100;
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> committed("rows_read") >= moment);
    kill(victim);
    long before = victim == Victim.TARGET ? 0 : committed("chunks");
    restart(victim);
    long restarted = System.nanoTime();
    if (victim == Victim.TARGET) {
      before = committed("chunks");
    }
    long mark = before;
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptions()
        .until(() -> committed("chunks") > mark || finished());
    double seconds = (System.nanoTime() - restarted) / 1e9;
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> !client.batch(id).get("status").asText().equals("running"));

    JsonNode end = client.batch(id);
    assertThat(end.get("status").asText()).as(end.toString()).isEqualTo("completed");
    assertThat(new ChecksumComparison(servers()).compare())
        .allSatisfy(result -> assertThat(result.equal()).as(result.toString()).isTrue());
    assertThat(end.get("recordsInserted").asLong()).isEqualTo(end.get("recordsProcessed").asLong());
    assertThat(committed(INVOICES_READ)).as("rows of chunks committed").isEqualTo(2 * ROWS);
    return String.format(
        Locale.ROOT,
        "kill %2d: %-8s after %,9d of %,9d rows; next chunk %.1f s after its restart; completed, equal",
        number + 1,
        victim.name().toLowerCase(Locale.ROOT),
        moment,
        all,
        seconds);
  }

  private void kill(Victim victim) {
    switch (victim) {
      case WORKER -> worker.kill();
      case API -> api.kill();
      case TEMPORAL -> temporal.kill();
      case TARGET -> target.kill();
    }
  }

  private void restart(Victim victim) {
    switch (victim) {
      case WORKER -> worker = roles.worker().start();
      case API -> {
        api = roles.api().start();
        await().atMost(PATIENCE).until(client::up);
      }
      case TEMPORAL -> temporal = temporal.again(stack.home());
      case TARGET -> target = EmbeddedMariaDb.start(stack.home(), target.port());
    }
  }

  private DemoServers servers() {
    return new DemoServers(servers.postgres(), target, temporal);
  }

  private boolean finished() throws SQLException {
    return committed(INVOICES_READ) == 2 * ROWS;
  }

  private long committed(String what) throws SQLException {
    int space = what.indexOf(' ');
    String column = space < 0 ? what : what.substring(0, space);
    String where = space < 0 ? "" : what.substring(space);
    try (Connection session = target.connect(DemoServers.TARGET);
        Statement statement = session.createStatement();
        ResultSet known =
            statement.executeQuery(
                "SELECT count(*) FROM information_schema.tables WHERE table_schema = '"
                    + DemoServers.TARGET
                    + "' AND table_name = 'tidemark_cursor'")) {
      known.next();
      if (known.getLong(1) == 0) {
        return 0;
      }
      try (Statement sum = session.createStatement();
          ResultSet row =
              sum.executeQuery(
                  "SELECT coalesce(sum(" + column + "), 0) FROM tidemark_cursor" + where)) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
