package dev.tidemark.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.CommandRun;
import dev.tidemark.cli.TroubledServers;
import dev.tidemark.cli.TroubledServers.Engine;
import dev.tidemark.cli.client.StartPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What goes wrong around a batch ends with a message that says what, where and what to do; leaves
 * nothing half done; and the batch goes on once the cause is gone.
 */
class TroubleIT {

  /** After so many, whoever waits has looked at a plan more than once. */
  private static final int ENOUGH_ATTEMPTS = 6;

  @TempDir private static Path folder;
  private static TroubledServers servers;

  @BeforeAll
  static void start() throws Exception {
    servers = TroubledServers.start(folder);
  }

  @AfterAll
  static void stop() {
    if (servers != null) {
      servers.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aWrongPassword(Engine engine) throws Exception {
    String batch = "password_" + engine.suffix();
    servers.createTarget(engine, batch);
    servers.setPassword(engine, "stranger", "another");

    String id = servers.client().startBatch(servers.request(batch)).get("id").asText();

    assertFailed(id, "BAD_CREDENTIALS", "connecting to " + batch, "username and password");
    assertThat(servers.tables(engine, batch)).isEmpty();
    servers.setPassword(engine, "stranger", servers.password());
    resumed(id);
    assertThat(servers.copied(engine, batch)).isEqualTo(TroubledServers.ROWS);
  }

  @ParameterizedTest
  @EnumSource
  void aTargetThatIsAway(Engine engine) throws Exception {
    String batch = "away_" + engine.suffix();
    String plan =
        servers
            .client()
            .startPlan(new StartPlan(batch, List.of(), List.of(), null))
            .get("id")
            .asText();
    int begun = waiting(plan, 1).at("/retries/0/attempt").asInt();
    CompletableFuture<CommandRun> watch =
        CompletableFuture.supplyAsync(() -> servers.command("plans", "show", plan, "--watch"));
    JsonNode waiting = waiting(plan, begun + ENOUGH_ATTEMPTS);
    assertThat(waiting.at("/retries/0/error/code").asText()).isEqualTo("CONNECTION_FAILED");
    assertThat(waiting.at("/retries/0/error/message").asText())
        .startsWith("While connecting to " + batch);
    servers.client().interruptPlan(plan, "enough");
    CommandRun watched = watch.get(60, TimeUnit.SECONDS);
    assertThat(watched.out())
        .as(watched.err())
        .contains("Waiting: While connecting to " + batch, "(attempt ");

    String id = servers.client().startBatch(servers.request(batch)).get("id").asText();
    patiently()
        .untilAsserted(
            () -> {
              JsonNode running = servers.client().batch(id);
              assertThat(running.at("/retries/0/error/code").asText())
                  .as(running.toString())
                  .isEqualTo("CONNECTION_FAILED");
            });
    assertThat(servers.command("sync-status", id).out())
        .containsPattern("Waiting: While .*" + batch + ".*\\(attempt ");
    servers.client().steerBatch(id, "interrupt", "enough");
    patiently().until(() -> status(id).equals("interrupted"));
  }

  /** A plan once it has come to so many attempts. */
  private static JsonNode waiting(String plan, int attempts) {
    AtomicReference<JsonNode> seen = new AtomicReference<>();
    patiently()
        .until(
            () -> {
              seen.set(servers.client().plan(plan));
              return seen.get().at("/retries/0/attempt").asInt() > attempts;
            });
    return seen.get();
  }

  @ParameterizedTest
  @EnumSource
  void noRights(Engine engine) throws Exception {
    String batch = "rights_" + engine.suffix();
    servers.createTargetWithoutRights(engine, batch);

    String id = servers.client().startBatch(servers.request(batch)).get("id").asText();

    assertFailed(id, "ACCESS_DENIED", " to " + batch, "Grant");
    assertThat(servers.tables(engine, batch)).isEmpty();
    servers.grant(engine, batch);
    resumed(id);
    assertThat(servers.copied(engine, batch)).isEqualTo(TroubledServers.ROWS);
  }

  @ParameterizedTest
  @EnumSource
  void aTargetThatGoesReadOnlyInTheMiddle(Engine engine) throws Exception {
    String batch = "readonly_" + engine.suffix();
    servers.createTarget(engine, batch);
    String id = servers.client().startBatch(servers.request(batch)).get("id").asText();
    patiently()
        .pollInterval(Duration.ofMillis(2))
        .until(() -> servers.committed(engine, batch) > 0);

    servers.readOnly(engine, batch, true);

    assertRetried(id, "DATABASE_READ_ONLY", "shop.public.item to " + batch, "read-only");
    assertWholeChunks(engine, batch);
    servers.readOnly(engine, batch, false);
    completed(id);
    assertThat(servers.copied(engine, batch)).isEqualTo(TroubledServers.ROWS);
  }

  @ParameterizedTest
  @EnumSource
  void aFullDisk(Engine engine) throws Exception {
    String batch = "full_" + engine.suffix();
    Path disk = Files.createDirectories(folder.resolve(batch));
    servers.mountSmallDisk(disk);
    servers.createTargetOn(engine, batch, disk);

    String id = servers.client().startBatch(servers.request(batch)).get("id").asText();

    assertRetried(id, "DATABASE_OUT_OF_SPACE", "shop.public.item to " + batch, "Free space");
    assertThat(servers.committed(engine, batch)).isPositive();
    assertWholeChunks(engine, batch);
    servers.enlarge(disk);
    completed(id);
    assertThat(servers.copied(engine, batch)).isEqualTo(TroubledServers.ROWS);
  }

  @Test
  void aKeyThatIsNotUnique() throws Exception {
    servers.createTarget(Engine.MARIADB, "keys_mariadb");
    servers.atSource(
        "CREATE TABLE visit (place varchar(20) NOT NULL, n int);"
            + " INSERT INTO visit VALUES ('a', 1), ('b', 2), ('twice', 3), ('twice', 4)");

    String id = servers.client().startBatch(servers.request("keys_mariadb")).get("id").asText();

    JsonNode error = assertFailed(id, "KEY_NOT_UNIQUE", "shop.public.visit", "key columns");
    assertThat(error.path("message").asText()).contains("twice");
    assertThat(servers.number(Engine.MARIADB, "keys_mariadb", "SELECT count(*) FROM visit"))
        .isZero();
    servers.atSource("DELETE FROM visit WHERE n = 4");
    resumed(id);
    assertThat(servers.number(Engine.MARIADB, "keys_mariadb", "SELECT count(*) FROM visit"))
        .isEqualTo(3);
  }

  @Test
  void aTableThatIsNotThere() throws Exception {
    servers.createTarget(Engine.MARIADB, "missing_mariadb");

    String id = servers.client().startBatch(servers.request("missing_mariadb")).get("id").asText();

    assertFailed(id, "TABLE_NOT_FOUND", "nowhere", "Create the table");
    servers.atSource("CREATE TABLE nowhere (id int PRIMARY KEY); INSERT INTO nowhere VALUES (1)");
    completed(servers.client().startBatch(servers.request("missing_mariadb")).get("id").asText());
    assertThat(servers.number(Engine.MARIADB, "missing_mariadb", "SELECT count(*) FROM nowhere"))
        .isEqualTo(1);
  }

  @Test
  void aValueThatDoesNotFit() throws Exception {
    servers.createTarget(Engine.POSTGRESQL, "value_postgresql");
    servers.atTarget(
        Engine.POSTGRESQL,
        "value_postgresql",
        "CREATE TABLE note (id int PRIMARY KEY, line varchar(5)); ALTER TABLE note OWNER TO app");
    servers.atSource(
        "CREATE TABLE note (id int PRIMARY KEY, line text);"
            + " INSERT INTO note VALUES (1, 'short'), (2, 'too long'), (3, 'fits')");

    String id = servers.client().startBatch(servers.request("value_postgresql")).get("id").asText();

    JsonNode error = assertFailed(id, "VALUE_DOES_NOT_FIT", "shop.public.note", "Widen");
    assertThat(error.path("message").asText()).contains("id=2", "line");
    assertThat(servers.number(Engine.POSTGRESQL, "value_postgresql", "SELECT count(*) FROM note"))
        .isZero();
    servers.atTarget(
        Engine.POSTGRESQL, "value_postgresql", "ALTER TABLE note ALTER line TYPE varchar(50)");
    resumed(id);
    assertThat(servers.number(Engine.POSTGRESQL, "value_postgresql", "SELECT count(*) FROM note"))
        .isEqualTo(3);
  }

  private static JsonNode assertFailed(String id, String code, String place, String remedy) {
    patiently().until(() -> !status(id).equals("running"));
    JsonNode batch = servers.client().batch(id);
    assertThat(batch.path("status").asText()).as(batch.toString()).isEqualTo("failed");
    return assertError(batch, code, place, remedy);
  }

  /** The batch goes on trying, and says meanwhile what is wrong. */
  private static void assertRetried(String id, String code, String place, String remedy) {
    AtomicReference<JsonNode> seen = new AtomicReference<>();
    patiently()
        .untilAsserted(
            () -> {
              seen.set(servers.client().batch(id));
              assertThat(error(seen.get()).path("code").asText())
                  .as(seen.get().toString())
                  .isEqualTo(code);
            });
    assertThat(seen.get().path("status").asText()).isEqualTo("running");
    assertError(seen.get(), code, place, remedy);
  }

  private static JsonNode assertError(JsonNode batch, String code, String place, String remedy) {
    JsonNode error = error(batch);
    assertThat(error.path("code").asText()).as(batch.toString()).isEqualTo(code);
    assertThat(error.path("message").asText()).contains(place);
    assertThat(error.path("remedy").asText()).contains(remedy);
    assertThat(batch.toString()).doesNotContain(servers.password());
    return error;
  }

  private static JsonNode error(JsonNode batch) {
    return batch.at("/tables/0/error");
  }

  /** What is there is what chunks say that they committed. */
  private static void assertWholeChunks(Engine engine, String batch) {
    patiently()
        .untilAsserted(
            () -> {
              long committed = servers.committed(engine, batch);
              assertThat(committed).isLessThan(TroubledServers.ROWS);
              assertThat(servers.number(engine, batch, "SELECT count(*) FROM item"))
                  .isEqualTo(committed);
            });
  }

  private static void resumed(String id) {
    servers.client().steerBatch(id, "resume", "the cause is gone");
    completed(id);
  }

  private static void completed(String id) {
    patiently().until(() -> List.of("completed", "failed").contains(status(id)));
    assertThat(status(id)).as(servers.client().batch(id).toString()).isEqualTo("completed");
  }

  private static String status(String id) {
    return servers.client().batch(id).path("status").asText();
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(90)).ignoreExceptions();
  }
}
