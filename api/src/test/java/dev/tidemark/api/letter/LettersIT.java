package dev.tidemark.api.letter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.api.Answer;
import dev.tidemark.api.ApiEnvironment;
import dev.tidemark.connect.checkpoint.SliceKey;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.connection.Connections;
import dev.tidemark.connect.letter.LetterTable;
import dev.tidemark.connect.letter.Refusal;
import dev.tidemark.connect.letter.RefusedRow;
import dev.tidemark.connect.letter.SliceLetters;
import dev.tidemark.workflows.PayloadJson;
import dev.tidemark.workflows.table.RetrySpec;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableSpec;
import dev.tidemark.workflows.table.TableTask;
import dev.tidemark.workflows.table.WhenBusy;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LettersIT {

  private static final String LETTERS = "/api/v1/dead-letters";

  private static ApiEnvironment environment;
  private static Connections connections;

  @BeforeAll
  static void start() throws IOException {
    environment = new ApiEnvironment();
    connections = new Connections(environment.configuration().connections().values());
  }

  @AfterAll
  static void stop() throws IOException {
    connections.close();
    environment.close();
  }

  @BeforeEach
  void write() throws SQLException {
    ConnectionConfiguration target = connections.configuration("dashboard");
    LetterTable table = new LetterTable(target);
    try (Connection session = connections.open("dashboard");
        Statement statement = session.createStatement()) {
      table.prepare(session);
      statement.execute("DELETE FROM tidemark_dead_letter");
      for (int id = 1; id <= 3; id++) {
        keep(session, table, "orders", id);
      }
      keep(session, table, "slow", 1);
    }
  }

  private static void keep(Connection session, LetterTable table, String name, int id)
      throws SQLException {
    TableSpec spec =
        new TableSpec(
            null,
            List.of("id"),
            List.of(),
            List.of(),
            Map.of("id", "order_id"),
            Map.of("branch", "lmp"),
            0);
    TableTask task =
        new TableTask(
            new TableId("pgsql_lmp", "public", name),
            "dashboard",
            name,
            spec,
            RetrySpec.DEFAULT,
            WhenBusy.WAIT,
            true,
            0,
            1);
    Map<String, @Nullable String> values = new HashMap<>();
    values.put("branch", "lmp");
    values.put("order_id", String.valueOf(id));
    values.put("note", "a\u0000 long note");
    values.put("amount", null);
    SliceLetters.Kept kept =
        new SliceLetters(
                table,
                new SliceKey(name, "branch=lmp"),
                new SliceLetters.Writer(
                    task.source().toString(), "sync_1", PayloadJson.write(task), 10),
                written -> Set.of())
            .keep(
                session,
                new RefusedRow(Map.of("id", String.valueOf(id)), values),
                new Refusal("VALUE_DOES_NOT_FIT", "too long", "note"),
                () -> false);
    assertThat(kept).isEqualTo(SliceLetters.Kept.NEW);
  }

  private static Answer get(String path) {
    return environment.send("GET", path, ApiEnvironment.OPERATOR, null);
  }

  private static String anyOf(String table) {
    return get(LETTERS + "?table=" + table).text("/letters/0/id");
  }

  @Test
  void listsLettersPageByPage() {
    Answer first = get(LETTERS + "?connection=dashboard&table=orders&state=open&limit=2");
    assertThat(first.status()).as(first.response().body()).isEqualTo(200);
    assertThat(first.body().at("/letters").size()).isEqualTo(2);
    Answer second = get(LETTERS + "?table=orders&limit=2&cursor=" + first.text("/nextCursor"));
    assertThat(second.body().at("/letters").size()).isEqualTo(1);
    assertThat(second.body().at("/nextCursor").isNull()).isTrue();
    assertThat(second.text("/letters/0/id")).isNotEqualTo(first.text("/letters/1/id"));
    assertThat(get(LETTERS + "?state=resolved").body().at("/letters").size()).isZero();
  }

  @Test
  void showsTheRowAndTheReason() {
    Answer letter = get(LETTERS + "/" + anyOf("orders") + "?connection=dashboard");
    assertThat(letter.text("/table")).isEqualTo("orders");
    assertThat(letter.text("/source")).isEqualTo("pgsql_lmp.public.orders");
    assertThat(letter.text("/slice")).isEqualTo("branch=lmp");
    assertThat(letter.text("/state")).isEqualTo("open");
    assertThat(letter.text("/values/note")).isEqualTo("a\u0000 long note");
    assertThat(letter.body().at("/values/amount").isNull()).isTrue();
    assertThat(letter.text("/code")).isEqualTo("VALUE_DOES_NOT_FIT");
    assertThat(letter.text("/column")).isEqualTo("note");
    assertThat(letter.text("/firstAt")).endsWith("Z");
    assertThat(letter.response().body()).doesNotContain("\"task\"");
  }

  @Test
  void editsColumnsOfTheLetterAlone() {
    String path = LETTERS + "/" + anyOf("orders");
    Answer edited =
        environment.send(
            "PATCH",
            path,
            ApiEnvironment.OPERATOR,
            "{\"values\": {\"note\": \"short\", \"amount\": 5}}");
    assertThat(edited.status()).as(edited.response().body()).isEqualTo(200);
    assertThat(edited.text("/edits/note")).isEqualTo("short");
    assertThat(edited.text("/edits/amount")).isEqualTo("5");
    Answer again =
        environment.send("PATCH", path, ApiEnvironment.OPERATOR, "{\"values\": {\"note\": null}}");
    assertThat(again.body().at("/edits/note").isNull()).isTrue();
    assertThat(again.text("/edits/amount")).isEqualTo("5");

    Answer refused =
        environment.send(
            "PATCH",
            path,
            ApiEnvironment.OPERATOR,
            "{\"values\": {\"nope\": \"1\", \"order_id\": \"7\", \"branch\": \"x\"}}");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.response().body())
        .contains("values.nope", "is no column", "values.order_id", "values.branch", "which row");
    assertThat(environment.send("PATCH", path, ApiEnvironment.OPERATOR, "{}").status())
        .isEqualTo(422);
  }

  @Test
  void discardsALetterOnce() {
    String path = LETTERS + "/" + anyOf("orders");
    assertThat(environment.post(path + "/discard", null).text("/state")).isEqualTo("discarded");
    for (String order : List.of("/discard", "/retry")) {
      Answer refused = environment.post(path + order, null);
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.text("/code")).isEqualTo("DEAD_LETTER_NOT_OPEN");
    }
    assertThat(
            environment
                .send("PATCH", path, ApiEnvironment.OPERATOR, "{\"values\": {\"note\": \"\"}}")
                .status())
        .isEqualTo(409);
  }

  @Test
  void triesOneLetterOrAllOfATableAgain() {
    Answer one = environment.post(LETTERS + "/" + anyOf("orders") + "/retry", null);
    assertThat(one.status()).as(one.response().body()).isEqualTo(202);
    assertThat(one.text("/workflowId")).isEqualTo("letters:dashboard:orders");
    assertThat(one.header("Location")).isEqualTo(LETTERS + "/retries/orders?connection=dashboard");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> get(one.header("Location")).text("/status").equals("completed"));
    assertThat(get(one.header("Location")).number("/resolved")).isEqualTo(1);

    Answer all = environment.post(LETTERS + "/retry", "{\"table\": \"orders\"}");
    assertThat(all.status()).as(all.response().body()).isEqualTo(202);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> get(all.header("Location")).number("/refused") == 1);
  }

  @Test
  void refusesASecondRetryOfATableAndOneOfNothing() {
    assertThat(environment.post(LETTERS + "/retry", "{\"table\": \"slow\"}").status())
        .isEqualTo(202);
    Answer second = environment.post(LETTERS + "/retry", "{\"table\": \"slow\"}");
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.text("/code")).isEqualTo("DEAD_LETTERS_BUSY");
    environment.temporal().newUntypedWorkflowStub("letters:dashboard:slow").terminate("test");
    Answer nothing = environment.post(LETTERS + "/retry", "{\"table\": \"MProduct\"}");
    assertThat(nothing.status()).isEqualTo(409);
    assertThat(nothing.text("/code")).isEqualTo("NO_DEAD_LETTERS");
    assertThat(nothing.text("/detail")).contains("[m_product]");
    Answer untried = get(LETTERS + "/retries/m_product");
    assertThat(untried.status()).isEqualTo(404);
    assertThat(untried.text("/code")).isEqualTo("DEAD_LETTER_RETRY_NOT_FOUND");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"orders", "Orders", "public.orders", "dashboard.public.orders", "%22orders%22"})
  void takesEverySpellingOfATable(String typed) {
    assertThat(get(LETTERS + "?table=" + typed).body().at("/letters")).hasSize(3);
    String table = URLDecoder.decode(typed, StandardCharsets.UTF_8).replace("\"", "\\\"");
    Answer retry = environment.post(LETTERS + "/retry", "{\"table\": \"" + table + "\"}");
    assertThat(retry.status()).as(retry.response().body()).isEqualTo(202);
    assertThat(retry.text("/table")).isEqualTo("orders");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> get(LETTERS + "/retries/" + typed).text("/status").equals("completed"));
  }

  @Test
  void anUnknownTableIsNoEmptyList() {
    Answer list = get(LETTERS + "?table=ordres");
    assertThat(list.status()).as(list.response().body()).isEqualTo(422);
    assertThat(list.text("/code")).isEqualTo("TABLE_NOT_FOUND");
    assertThat(list.text("/detail")).contains("Did you mean orders");
    assertThat(environment.post(LETTERS + "/retry", "{\"table\": \"ordres\"}").status())
        .isEqualTo(422);
    Answer path = get(LETTERS + "/retries/ordres");
    assertThat(path.status()).isEqualTo(404);
    assertThat(path.text("/code")).isEqualTo("TABLE_NOT_FOUND");
    get(LETTERS + "?table=AdOrg").assertListsNone("/letters");
    assertThat(get(LETTERS + "?connection=dashbord").status()).isEqualTo(422);
  }

  @Test
  void aRepeatedRequestChangesNothingMoreAndIsAnsweredAsTheFirst() {
    String path = LETTERS + "/" + anyOf("orders");
    String edit = "{\"values\": {\"note\": \"short\"}}";
    assertThat(environment.once("edit", "PATCH", path, edit).text("/edits/note"))
        .isEqualTo("short");
    Answer other =
        environment.send(
            "PATCH", path, ApiEnvironment.OPERATOR, "{\"values\": {\"note\": \"shorter\"}}");
    assertThat(other.status()).isEqualTo(200);
    assertThat(environment.once("edit", "PATCH", path, edit).text("/edits/note"))
        .as("what somebody else said since")
        .isEqualTo("shorter");

    for (int i = 0; i < 2; i++) {
      Answer discarded = environment.once("discard", "POST", path + "/discard", null);
      assertThat(discarded.status()).as(discarded.response().body()).isEqualTo(200);
      assertThat(discarded.text("/state")).isEqualTo("discarded");
    }
    assertThat(environment.once("discard", "POST", path + "/retry", null).status()).isEqualTo(422);
  }

  @Test
  void aRepeatedRetryStartsNothingMore() {
    String body = "{\"table\": \"slow\"}";
    Answer first = environment.once("retry", "POST", LETTERS + "/retry", body);
    assertThat(first.status()).as(first.response().body()).isEqualTo(202);
    Answer again = environment.once("retry", "POST", LETTERS + "/retry", body);
    assertThat(again.status()).as(again.response().body()).isEqualTo(202);
    assertThat(again.text("/workflowId")).isEqualTo("letters:dashboard:slow");
    assertThat(environment.once("other", "POST", LETTERS + "/retry", body).status()).isEqualTo(409);
    environment.temporal().newUntypedWorkflowStub("letters:dashboard:slow").terminate("test");
    assertThat(environment.once("retry", "POST", LETTERS + "/retry", body).status()).isEqualTo(202);
    assertThat(get(LETTERS + "/retries/slow").text("/status"))
        .as("the run that the first request started")
        .isEqualTo("interrupted");
  }

  @Test
  void aRetryThatWasRefusedIsNotAnsweredWithTheRunOfAnother() {
    String slow = "{\"table\": \"slow\"}";
    WorkflowStub runs = environment.temporal().newUntypedWorkflowStub("letters:dashboard:slow");
    assertThat(environment.post(LETTERS + "/retry", slow).status()).isEqualTo(202);
    Answer refused = environment.once("late", "POST", LETTERS + "/retry", slow);
    assertThat(refused.text("/code")).isEqualTo("DEAD_LETTERS_BUSY");
    runs.terminate("test");
    assertThat(environment.post(LETTERS + "/retry", slow).status()).isEqualTo(202);

    assertThat(environment.once("late", "POST", LETTERS + "/retry", slow).text("/code"))
        .as("while the run of somebody else goes on")
        .isEqualTo("DEAD_LETTERS_BUSY");

    runs.terminate("test");
    assertThat(environment.once("late", "POST", LETTERS + "/retry", slow).status()).isEqualTo(202);
    assertThat(get(LETTERS + "/retries/slow").text("/status")).isEqualTo("running");
    runs.terminate("test");
  }

  @Test
  void saysWhatIsWrongWithARequest() {
    assertThat(get(LETTERS + "?state=lost&limit=0").response().body())
        .contains("must be one of open, resolved, discarded", "must be from 1 to 100");
    assertThat(get(LETTERS + "?cursor=nonsense").status()).isEqualTo(422);
    assertThat(get(LETTERS + "?connection=dashbord").response().body())
        .contains("Did you mean dashboard?");
    assertThat(get(LETTERS + "?connection=pgsql_offline").status()).isEqualTo(503);
    assertThat(get(LETTERS + "/0123").text("/code")).isEqualTo("DEAD_LETTER_NOT_FOUND");
  }

  @Test
  void takesAnOperatorToSeeRows() {
    assertThat(environment.get(LETTERS).status()).isEqualTo(403);
    assertThat(environment.get(LETTERS + "/" + anyOf("orders")).status()).isEqualTo(403);
  }
}
