package dev.tidemark.worker;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tidemark.connect.configuration.ScheduleConfiguration;
import dev.tidemark.specs.schedule.FileSchedules;
import dev.tidemark.specs.schedule.Schedules;
import dev.tidemark.workflows.retention.ReconcileWorkflow;
import dev.tidemark.workflows.schedule.ScheduleOrigin;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.client.schedules.ScheduleState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** Two Tidemarks in one namespace, each with a queue of its own. */
class SharedNamespaceIT {

  @RegisterExtension private static final DevelopmentServer SERVER = new DevelopmentServer();

  private static ScheduleClient client;

  @BeforeAll
  static void connect() {
    client = ScheduleClient.newInstance(SERVER.stubs());
  }

  @Test
  void aScheduleOfAnotherQueueStaysAsItIsAndTheLogNamesIt() throws Exception {
    start("theirs", schedule("nightly", "@daily"));
    Schedules theirs = schedules("theirs");
    var before = theirs.find("nightly").flatMap(theirs::input).orElseThrow();

    List<String> errors =
        logged(() -> start("ours", schedule("nightly", "@hourly"), schedule("invoices", "@daily")));

    assertThat(theirs.find("nightly").flatMap(theirs::input)).contains(before);
    assertThat(schedules("ours").find("nightly").flatMap(schedules("ours")::input)).isEmpty();
    assertThat(schedules("ours").find("invoices").flatMap(schedules("ours")::input)).isPresent();
    assertThat(errors)
        .singleElement()
        .asString()
        .contains("Schedule nightly is of workers on queue theirs")
        .contains("another name", "temporal schedule delete --schedule-id schedule:nightly");
  }

  @Test
  void aScheduleOfTheApiOfAnotherQueueStaysToo() throws Exception {
    start("their-api");
    Schedules theirs = schedules("their-api");
    assertThat(theirs.create(schedule("by-api", "@daily"), ScheduleOrigin.API)).isTrue();

    start("our-file", schedule("by-api", "@hourly"));

    assertThat(theirs.find("by-api").flatMap(theirs::input))
        .hasValueSatisfying(input -> assertThat(input.origin()).isEqualTo(ScheduleOrigin.API));
  }

  @Test
  void eachQueueKeepsItsOwnArchive() throws Exception {
    start("east");
    start("west");
    start("east");

    for (String queue : List.of("east", "west")) {
      for (String name : List.of("tidemark-retention", "tidemark-reconcile")) {
        Schedule schedule = find(name + ":" + queue).orElseThrow();
        assertThat(queue(schedule)).isEqualTo(queue);
      }
    }
  }

  @Test
  void whatAnEarlierVersionMadeIsTakenOverByItsOwnQueueAlone() throws Exception {
    makeAsBefore("tidemark-reconcile", "upgraded");
    makeAsBefore("tidemark-retention", "not-upgraded");

    start("upgraded");

    assertThat(find("tidemark-reconcile")).isEmpty();
    assertThat(find("tidemark-reconcile:upgraded"))
        .hasValueSatisfying(
            schedule ->
                assertThat(Objects.requireNonNull(schedule.getState()).isPaused())
                    .as("stays paused")
                    .isTrue());
    assertThat(find("tidemark-retention"))
        .hasValueSatisfying(schedule -> assertThat(queue(schedule)).isEqualTo("not-upgraded"));
    assertThat(find("tidemark-retention:upgraded"))
        .hasValueSatisfying(schedule -> assertThat(queue(schedule)).isEqualTo("upgraded"));
  }

  private static void makeAsBefore(String id, String queue) {
    var ignored =
        client.createSchedule(
            id,
            Schedule.newBuilder()
                .setAction(
                    ScheduleActionStartWorkflow.newBuilder()
                        .setWorkflowType(ReconcileWorkflow.class)
                        .setOptions(
                            WorkflowOptions.newBuilder()
                                .setWorkflowId(id)
                                .setTaskQueue(queue)
                                .build())
                        .build())
                .setSpec(ScheduleSpec.newBuilder().setCronExpressions(List.of("@daily")).build())
                .setState(ScheduleState.newBuilder().setPaused(true).build())
                .build(),
            ScheduleOptions.newBuilder().build());
  }

  private static Optional<Schedule> find(String id) {
    try {
      return Optional.of(client.getHandle(id).describe().getSchedule());
    } catch (ScheduleException e) {
      assertThat(Schedules.isNotFound(e)).isTrue();
      return Optional.empty();
    }
  }

  private static String queue(Schedule schedule) {
    return String.valueOf(
        ((ScheduleActionStartWorkflow) schedule.getAction()).getOptions().getTaskQueue());
  }

  private static Schedules schedules(String queue) {
    return new Schedules(SERVER.stubs(), "default", queue);
  }

  private static ScheduleConfiguration schedule(String name, String cron) {
    return FakeWorkers.schedule(name, Map.of("cron", cron));
  }

  /** Starts and stops a worker. */
  private static void start(String queue, ScheduleConfiguration... schedules)
      throws InterruptedException {
    FakeWorkers.start(
            SERVER.configuration(), queue, new FakeActivities(0, FakeWorkers.BATCHES), schedules)
        .close();
  }

  /** What this does. */
  @FunctionalInterface
  private interface Step {
    void run() throws Exception;
  }

  /** The errors that bringing schedules logs meanwhile. */
  private static List<String> logged(Step step) throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger(FileSchedules.class);
    ListAppender<ILoggingEvent> events = new ListAppender<>();
    events.start();
    logger.addAppender(events);
    try {
      step.run();
    } finally {
      logger.detachAppender(events);
    }
    return events.list.stream()
        .filter(event -> event.getLevel().levelStr.equals("ERROR"))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }
}
