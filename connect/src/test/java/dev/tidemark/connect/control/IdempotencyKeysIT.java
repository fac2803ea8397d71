package dev.tidemark.connect.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdempotencyKeysIT {

  private static EmbeddedPostgres postgres;

  private final MovableClock clock = new MovableClock();
  private IdempotencyKeys keys;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void open() {
    keys = new IdempotencyKeys(new ControlAccess(postgres.getPostgresDatabase(), "public"), clock);
  }

  @Test
  void aRepeatedCallGetsTheIdOfTheFirst() {
    assertThat(keys.reserve("ci", "k1", "{}", "a")).isEqualTo(new Reservation("a", true));
    assertThat(keys.reserve("ci", "k1", "{}", "b")).isEqualTo(new Reservation("a", true));
  }

  @Test
  void anotherRequestUnderTheSameKeyIsTold() {
    keys.reserve("ci", "k2", "{}", "a");
    assertThat(keys.reserve("ci", "k2", "{\"batch\":\"x\"}", "b"))
        .isEqualTo(new Reservation("a", false));
  }

  @Test
  void whatStandsUnderAKeyIsFoundUntilItIsForgotten() {
    assertThat(keys.find("ci", "k6", "{}")).isEmpty();
    keys.reserve("ci", "k6", "{}", "a");
    assertThat(keys.find("ci", "k6", "{}")).contains(new Reservation("a", true));
    assertThat(keys.find("ci", "k6", "{\"batch\":\"x\"}")).contains(new Reservation("a", false));
    assertThat(keys.find("cd", "k6", "{}")).isEmpty();
    clock.move(IdempotencyKeys.KEPT.plusSeconds(1));
    assertThat(keys.find("ci", "k6", "{}")).isEmpty();
  }

  @Test
  void whatARequestCameToTakesThePlaceOfWhatWasReserved() {
    keys.reserve("ci", "k7", "{}", "begun");
    keys.settle("ci", "k7", "ended");
    assertThat(keys.reserve("ci", "k7", "{}", "b")).isEqualTo(new Reservation("ended", true));
  }

  @Test
  void whatARefusedRequestReservedIsForgottenUnlessItWasSettled() {
    keys.reserve("ci", "k8", "{}", "begun");
    keys.release("ci", "k8", "another");
    assertThat(keys.find("ci", "k8", "{}")).isPresent();
    keys.release("ci", "k8", "begun");
    assertThat(keys.find("ci", "k8", "{}")).isEmpty();
    keys.reserve("ci", "k8", "{}", "begun");
    keys.settle("ci", "k8", "ended");
    keys.release("ci", "k8", "begun");
    assertThat(keys.find("ci", "k8", "{}")).contains(new Reservation("ended", true));
  }

  @Test
  void callersShareNoKeys() {
    keys.reserve("ci", "k3", "{}", "a");
    assertThat(keys.reserve("cd", "k3", "{}", "b").resourceId()).isEqualTo("b");
  }

  @Test
  void aKeyIsForgottenAfterADay() {
    keys.reserve("ci", "k4", "{}", "a");
    clock.move(IdempotencyKeys.KEPT.plusSeconds(1));
    assertThat(keys.reserve("ci", "k4", "{}", "b").resourceId()).isEqualTo("b");
  }

  @Test
  void ofManyCallsAtOnceAllGetOneId() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<String>> calls =
          IntStream.range(0, 8)
              .<Callable<String>>mapToObj(
                  i -> () -> keys.reserve("ci", "k5", "{}", "id" + i).resourceId())
              .toList();
      List<Future<String>> answers = threads.invokeAll(calls);
      String first = answers.getFirst().get();
      for (Future<String> answer : answers) {
        assertThat(answer.get()).isEqualTo(first);
      }
    }
  }
}
