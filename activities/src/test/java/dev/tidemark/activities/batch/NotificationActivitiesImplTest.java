package dev.tidemark.activities.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.activities.batch.FakeWebServer.Posted;
import dev.tidemark.connect.configuration.NotificationConfiguration;
import dev.tidemark.connect.configuration.NotificationConfiguration.Email;
import dev.tidemark.connect.configuration.NotificationConfiguration.Slack;
import dev.tidemark.connect.configuration.NotificationConfiguration.Webhook;
import dev.tidemark.connect.configuration.NotificationRule;
import dev.tidemark.workflows.batch.BatchProgress;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.batch.NotificationActivities;
import dev.tidemark.workflows.table.ErrorDetail;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotificationActivitiesImplTest {

  private static final NotificationRule ALL =
      NotificationRule.of(Set.of("completed", "failed", "interrupted"));
  private static final Clock CLOCK = Clock.fixed(Batches.START.plusSeconds(200), ZoneOffset.UTC);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Delivered> heartbeats = new CopyOnWriteArrayList<>();
  private final FakeWebServer web;
  private final FakeWebServer other;

  NotificationActivitiesImplTest() throws IOException {
    web = new FakeWebServer();
    other = new FakeWebServer();
  }

  @AfterEach
  void stopServers() {
    web.close();
    other.close();
  }

  @Test
  void aWebhookGetsADocument() throws IOException {
    tell(Batches.failed(), null, new Webhook(web.url("/hook"), null, ALL));

    JsonNode document = JSON.readTree(web.only().body());
    String id = document.get("id").asText();
    assertThat(id).matches(Batches.ID + "/[^/]+/webhook-[0-9a-f]{8}");
    assertThat(web.only().key()).isEqualTo(id);
    assertThat(web.only().signature()).isNull();
    assertThat(document)
        .isEqualTo(
            JSON.readTree(
                """
                {"id": "%s", "event": "batch.failed",
                 "batch": {"id": "sync_20251108_143052_aB3dEf9h", "name": "branches",
                  "status": "failed", "totalTables": 3, "completedTables": 1, "failedTables": 2,
                  "skippedTables": 0, "recordsProcessed": 1204, "recordsInserted": 1000,
                  "recordsUpdated": 4, "recordsSkipped": 200, "recordsDeleted": 0,
                  "recordsExtra": 0, "deadLetters": 0, "recordsDecided": 0, "kind": "batch",
                  "startedAt": "2025-11-08T14:30:52Z", "endedAt": "2025-11-08T14:33:57Z",
                  "durationSeconds": 185, "resumable": true,
                  "resumeCommand": "tidemark sync-all --resume sync_20251108_143052_aB3dEf9h"},
                 "failedTables": [
                  {"id": "pgsql_lmp.public.c_invoice", "connection": "pgsql_lmp",
                   "schema": "public", "table": "c_invoice", "target": "c_invoice",
                   "recordsProcessed": 0, "retryCount": 3,
                   "error": {"code": "VALUE_DOES_NOT_FIT",
                    "message": "While copying pgsql_lmp.public.c_invoice: name <x> & y is too long",
                    "remedy": "Widen the target's column."}},
                  {"id": "pgsql_lmp.public.größe", "connection": "pgsql_lmp",
                   "schema": "public", "table": "größe", "target": "größe",
                   "recordsProcessed": 0, "retryCount": 3,
                   "error": {"code": "VALUE_DOES_NOT_FIT",
                    "message": "While copying pgsql_lmp.public.größe: name <x> & y is too long",
                    "remedy": "Widen the target's column."}}],
                 "failedTablesOmitted": 0}
                """
                    .formatted(id)));
  }

  @Test
  void whoIsToldOfFailuresIsToldOfDifferencesToo() throws IOException {
    Webhook webhook =
        new Webhook(web.url("/hook"), null, NotificationRule.of(NotificationRule.DEFAULT_ON));
    tell(Batches.completed(), null, webhook);
    tell(Batches.verified(true), null, webhook);
    assertThat(web.posted()).isEmpty();
    tell(Batches.verified(false), null, webhook);

    JsonNode document = JSON.readTree(web.only().body());
    assertThat(document.get("event").asText()).isEqualTo("batch.differs");
    assertThat(document.at("/batch/status").asText()).isEqualTo("completed");
    assertThat(document.at("/batch/recordsDeleted").asInt()).isEqualTo(7);
    assertThat(document.at("/batch/recordsExtra").asInt()).isEqualTo(2);
    assertThat(document.at("/batch/verification"))
        .isEqualTo(
            JSON.readTree(
                """
                {"id": "verify_1", "equal": false, "totalTables": 2, "comparedTables": 1,
                 "differingTables": 1, "durationSeconds": 20, "recordsDecided": 0,
                 "repairCommand": "tidemark repair --verification verify_1",
                 "lettersCommand": null,
                 "tables": [
                  {"id": "pgsql_lmp.public.ad_org", "missing": 1, "extra": 2, "different": 3,
                   "error": null, "inLetters": 0, "decided": 0, "keyless": false},
                  {"id": "pgsql_lmp.public.log", "missing": 0, "extra": 0, "different": 0,
                   "error": "It has no key.", "inLetters": 0, "decided": 0, "keyless": false}]}
                """));
  }

  @Test
  void slackNamesWhatDiffersAndTheCommandThatMendsIt() throws IOException {
    tell(Batches.verified(false), null, new Slack(web.url("/services/T/B/x"), ALL));

    assertThat(JSON.readTree(web.only().body()).get("text").asText())
        .isEqualTo(
            """
            *Batch branches completed, and differs from its sources* `sync_20251108_143052_aB3dEf9h`
            1 of 1 tables completed; 1,204 rows in 3 min 5 s, 7 deleted, 2 only in the target; \
            1 of 2 tables compared in 20 s, 1 differs
            • pgsql_lmp.public.ad_org: 1 missing, 2 in addition, 3 different
            • pgsql_lmp.public.log was not compared: It has no key.
            To mend it: `tidemark repair --verification verify_1`""");
  }

  @Test
  void aSecretSignsTimeAndDocument() {
    tell(Batches.failed(), null, new Webhook(web.url("/hook"), "hush", ALL));

    Posted posted = web.only();
    long time = CLOCK.instant().getEpochSecond();
    assertThat(posted.signature())
        .isEqualTo("t=" + time + ",v1=" + Digest.hmac("hush", time + "." + posted.body()));
  }

  @Test
  void aLongListOfTablesIsCut() throws IOException {
    tell(Batches.failed(60), null, new Webhook(web.url("/hook"), null, ALL));

    JsonNode document = JSON.readTree(web.only().body());
    assertThat(document.get("failedTables")).hasSize(50);
    assertThat(document.get("failedTablesOmitted").asInt()).isEqualTo(10);
  }

  @Test
  void slackGetsAReadableText() throws IOException {
    tell(Batches.failed(), null, new Slack(web.url("/services/T/B/x"), ALL));

    assertThat(JSON.readTree(web.only().body()).get("text").asText())
        .isEqualTo(
            """
            *Batch branches failed* `sync_20251108_143052_aB3dEf9h`
            1 of 3 tables completed, 2 failed; 1,204 rows in 3 min 5 s
            • `pgsql_lmp.public.c_invoice` While copying pgsql_lmp.public.c_invoice: name &lt;x&gt; &amp; y is too long
               _Widen the target's column._
            • `pgsql_lmp.public.größe` While copying pgsql_lmp.public.größe: name &lt;x&gt; &amp; y is too long
               _Widen the target's column._
            To go on: `tidemark sync-all --resume sync_20251108_143052_aB3dEf9h`""");
  }

  @Test
  void slackIsSparedALongList() throws IOException {
    tell(Batches.failed(13), null, new Slack(web.url("/"), ALL));

    assertThat(JSON.readTree(web.only().body()).get("text").asText()).contains("• and 3 more");
  }

  @Test
  void aBatchThatCompletedHasNothingToGoOnWith() throws IOException {
    tell(
        Batches.completed(),
        null,
        new Slack(web.url("/"), ALL),
        new Webhook(other.url("/"), null, ALL));

    assertThat(JSON.readTree(web.only().body()).get("text").asText())
        .isEqualTo(
            "*Batch branches completed* `"
                + Batches.ID
                + "`\n1 of 1 tables completed; 1,204 rows in 3 min 5 s");
    assertThat(JSON.readTree(other.only().body()).at("/batch/resumeCommand").isNull()).isTrue();
  }

  @Test
  void aMailSaysTheSameInPlainText() throws IOException {
    try (FakeMailServer mail = new FakeMailServer(null)) {
      tell(Batches.failed(), null, email(mail, false, "user"));

      assertThat(mail.commands())
          .anyMatch(command -> command.startsWith("AUTH PLAIN"))
          .contains("MAIL FROM:<tidemark@example.com>", "RCPT TO:<a@example.com>")
          .contains("RCPT TO:<b@example.com>");
      assertThat(mail.mails())
          .singleElement()
          .asString()
          .contains("Subject: Batch branches failed\n")
          .containsPattern("Message-ID: <" + Batches.ID + "\\.[^/>]+\\.email-[0-9a-f]{8}@tidemark>")
          .contains("Content-Type: text/plain; charset=UTF-8")
          .contains("1 of 3 tables completed, 2 failed; 1,204 rows in 3 min 5 s.")
          .contains("pgsql_lmp.public.c_invoice [VALUE_DOES_NOT_FIT]")
          .contains("tidemark sync-all --resume " + Batches.ID);
    }
  }

  @Test
  void aMailIsNotSentInTheClearWhereTlsIsAskedFor() throws IOException {
    try (FakeMailServer mail = new FakeMailServer(null)) {
      ApplicationFailure failure = refused(Batches.failed(), null, email(mail, true, "user"));

      assertThat(failure.getOriginalMessage()).contains("STARTTLS");
      assertThat(mail.mails()).isEmpty();
      assertThat(mail.commands()).noneMatch(command -> command.startsWith("AUTH"));
    }
  }

  @Test
  void aWrongPasswordIsNotTriedAgain() throws IOException {
    try (FakeMailServer mail = new FakeMailServer("AUTH 535 no")) {
      ApplicationFailure failure = refused(Batches.failed(), null, email(mail, false, "user"));

      assertThat(failure.isNonRetryable()).isTrue();
      assertThat(failure.getOriginalMessage()).doesNotContain("hunter2");
    }
  }

  @Test
  void aMailServerThatRefusesIsTriedAgain() throws IOException {
    try (FakeMailServer mail = new FakeMailServer("MAIL 451 later")) {
      ApplicationFailure failure = refused(Batches.failed(), null, email(mail, false, null));

      assertThat(failure.isNonRetryable()).isFalse();
      assertThat(failure.getOriginalMessage()).contains("451 later");
    }
  }

  @Test
  void aMailboxThatIsGoneKeepsTheMailFromNobodyElse() throws IOException {
    try (FakeMailServer mail = new FakeMailServer("RCPT TO:<a@", "550 unknown")) {
      tell(Batches.failed(), null, email(mail, false, null));
      assertThat(mail.mails()).hasSize(1);
    }
    try (FakeMailServer mail = new FakeMailServer("RCPT TO:", "550 unknown")) {
      ApplicationFailure failure = refused(Batches.failed(), null, email(mail, false, null));
      assertThat(failure.getOriginalMessage()).contains("550 unknown");
      assertThat(mail.mails()).isEmpty();
    }
  }

  @Test
  void aMailThatWasTakenIsSentHoweverTheServerSaysGoodbye() throws IOException {
    try (FakeMailServer mail = new FakeMailServer("QUIT", "")) {
      tell(Batches.failed(), null, email(mail, false, null));
      assertThat(mail.mails()).hasSize(1);
    }
  }

  @Test
  void onlyThoseWhoWantToKnowAreTold() {
    tell(
        Batches.completed(),
        null,
        new Webhook(web.url("/"), null, NotificationRule.of(NotificationRule.DEFAULT_ON)),
        new Webhook(other.url("/"), null, ALL));
    tell(
        Batches.ended(BatchStatus.INTERRUPTED, List.of()),
        null,
        new Webhook(web.url("/"), null, NotificationRule.of(NotificationRule.DEFAULT_ON)));

    assertThat(web.posted()).hasSize(1);
    assertThat(web.only().body()).contains("batch.interrupted");
    assertThat(other.posted()).hasSize(1);
  }

  @Test
  void oneThatFailsKeepsNobodyElseFromBeingTold() {
    web.answer(503);
    ApplicationFailure failure =
        refused(
            Batches.failed(),
            null,
            new Webhook(web.url("/hook?token=hunter2"), "hunter2", ALL),
            new Slack(other.url("/"), ALL));

    assertThat(other.posted()).hasSize(1);
    assertThat(failure.getType()).isEqualTo("NOTIFICATION_FAILED");
    assertThat(failure.isNonRetryable()).isFalse();
    assertThat(failure.getOriginalMessage())
        .contains("webhook at 127.0.0.1 answered 503")
        .doesNotContain("hunter2")
        .doesNotContain("slack");
    assertThat(failure.getDetails().get(ErrorDetail.class).remedy()).contains("notifications:");
    assertThat(heartbeats).hasSize(1);
    assertThat(heartbeats.getFirst().receivers()).singleElement().asString().startsWith("slack-");
  }

  @Test
  void aRetryTellsOnlyThoseThatAreLeftUnderTheSameId() {
    NotificationConfiguration hook = new Webhook(web.url("/hook"), null, ALL);
    NotificationConfiguration slack = new Slack(other.url("/"), ALL);
    web.answer(500);
    refused(Batches.failed(), null, hook, slack);
    web.answer(200);
    tell(Batches.failed(), heartbeats.getFirst(), hook, slack);

    assertThat(other.posted()).hasSize(1);
    assertThat(web.posted()).hasSize(2);
    assertThat(receiver(web.posted().get(0))).isEqualTo(receiver(web.posted().get(1)));
  }

  @ParameterizedTest
  @CsvSource({"400, true", "404, true", "302, true", "408, false", "429, false", "502, false"})
  void onlyAnAnswerThatMayPassIsTriedAgain(int status, boolean nonRetryable) {
    web.answer(status);
    assertThat(refused(Batches.failed(), null, new Slack(web.url("/"), ALL)).isNonRetryable())
        .isEqualTo(nonRetryable);
  }

  @Test
  void aReceiverThatIsNotThereIsTriedAgain() {
    URI gone = web.url("/");
    web.close();
    ApplicationFailure failure = refused(Batches.failed(), null, new Slack(gone, ALL));

    assertThat(failure.isNonRetryable()).isFalse();
    assertThat(failure.getOriginalMessage()).contains("was not reached");
  }

  @Test
  void oneThatNeverAnswersHoldsUpNobody() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      Email mail =
          new Email(
              "127.0.0.1", silent.getLocalPort(), false, null, null, "a@b", List.of("c@d"), ALL);
      ApplicationFailure failure =
          refused(
              Batches.failed(),
              null,
              new Webhook(url, null, ALL),
              mail,
              new Slack(web.url("/"), ALL));

      assertThat(web.posted()).hasSize(1);
      assertThat(failure.getOriginalMessage())
          .contains("webhook at 127.0.0.1 was not reached (HttpTimeoutException)")
          .contains("email by 127.0.0.1");
      assertThat(failure.isNonRetryable()).isFalse();
    }
  }

  @Test
  void theSameReceiverTwiceIsToldTwice() {
    Slack slack = new Slack(web.url("/"), ALL);
    tell(Batches.failed(), null, slack, slack);
    assertThat(web.posted()).hasSize(2);
  }

  @Test
  void noReceiversIsFine() {
    tell(Batches.failed(), null);
    assertThat(heartbeats).isEmpty();
  }

  private static String receiver(Posted posted) {
    String key = Objects.requireNonNull(posted.key());
    return key.substring(key.lastIndexOf('/'));
  }

  private static Email email(FakeMailServer mail, boolean tls, @Nullable String username) {
    return new Email(
        "127.0.0.1",
        mail.port(),
        tls,
        username,
        username == null ? null : "hunter2",
        "tidemark@example.com",
        List.of("a@example.com", "b@example.com"),
        ALL);
  }

  private ApplicationFailure refused(
      BatchProgress progress,
      @Nullable Delivered before,
      NotificationConfiguration... configurations) {
    ActivityFailure failure =
        catchThrowableOfType(ActivityFailure.class, () -> tell(progress, before, configurations));
    assertThat(failure).isNotNull();
    return (ApplicationFailure) Objects.requireNonNull(failure.getCause());
  }

  /** One attempt, which finds what the one before it left. */
  private void tell(
      BatchProgress progress,
      @Nullable Delivered before,
      NotificationConfiguration... configurations) {
    TestActivityEnvironment environment = TestActivityEnvironment.newInstance();
    try (NotificationActivitiesImpl activities =
        new NotificationActivitiesImpl(
            Arrays.asList(configurations), new MemoryLog(), CLOCK, Duration.ofSeconds(2))) {
      environment.registerActivitiesImplementations(activities);
      environment.setActivityHeartbeatListener(Delivered.class, heartbeats::add);
      if (before != null) {
        environment.setHeartbeatDetails(before);
      }
      environment.newActivityStub(NotificationActivities.class).batchEnded(progress);
    } finally {
      environment.close();
    }
  }
}
