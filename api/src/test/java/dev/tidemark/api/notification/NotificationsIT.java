package dev.tidemark.api.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.api.Answer;
import dev.tidemark.api.ApiEnvironment;
import dev.tidemark.workflows.PayloadJson;
import dev.tidemark.workflows.notification.NotificationTestInput;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.TimeoutFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NotificationsIT {

  private static final String PATH = "/api/v1/notifications/test";

  private static ApiEnvironment environment;

  @BeforeAll
  static void start() throws IOException {
    environment = new ApiEnvironment();
  }

  @AfterAll
  static void stop() throws IOException {
    environment.close();
  }

  @Test
  void saysHowTheTestOfEachRuleWent() {
    Answer answer = environment.post(PATH, null);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    assertThat(answer.body().at("/rules/0/told").asBoolean()).isTrue();
    assertThat(answer.text("/rules/0/receiver")).isEqualTo("Slack[a]");
    assertThat(answer.body().at("/rules/1/told").asBoolean()).isFalse();
    assertThat(answer.text("/rules/1/error")).contains("rule=null, requestedBy=operator");
    assertThat(environment.post(PATH, "{\"rule\": 1}").text("/rules/1/error")).contains("rule=1");
  }

  @Test
  void aRepeatedRequestSendsNothingMore() {
    Answer first = environment.once("test", "POST", PATH, "{\"rule\": 1}");
    Answer again = environment.once("test", "POST", PATH, "{\"rule\": 1}");
    assertThat(again.status()).as(again.response().body()).isEqualTo(200);
    assertThat(again.response().body()).isEqualTo(first.response().body());
    assertThat(environment.once("test", "POST", PATH, null).text("/code"))
        .isEqualTo("IDEMPOTENCY_KEY_REUSED");
  }

  @Test
  void aTestThatNoWorkerTookUpInTimeIsSentWhenItIsAskedForAgain() {
    String id = "notification-test:lost";
    WorkflowStub lost =
        environment
            .temporal()
            .newUntypedWorkflowStub(
                "NotificationTestWorkflow",
                WorkflowOptions.newBuilder()
                    .setWorkflowId(id)
                    .setTaskQueue("nobody")
                    .setWorkflowExecutionTimeout(Duration.ofSeconds(1))
                    .build());
    var ignored = lost.start(new NotificationTestInput(1, "operator"));
    assertThatThrownBy(() -> lost.getResult(Void.class))
        .hasRootCauseInstanceOf(TimeoutFailure.class);
    Object request = List.of("POST " + PATH, new NotificationTestRequest(1));
    var reserved =
        environment
            .control()
            .idempotencyKeys()
            .reserve("configuration:operator", "orders late", PayloadJson.write(request), id);
    assertThat(reserved.sameRequest()).isTrue();

    Answer answer = environment.once("late", "POST", PATH, "{\"rule\": 1}");
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    assertThat(answer.text("/rules/1/error")).contains("rule=1");
  }

  @Test
  void refusesARuleThatIsNotThereAndViewers() {
    Answer answer = environment.post(PATH, "{\"rule\": 2}");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.text("/errors/0/message")).isEqualTo("must be from 0 to 1");
    assertThat(environment.send("POST", PATH, ApiEnvironment.VIEWER, null).status()).isEqualTo(403);
  }
}
