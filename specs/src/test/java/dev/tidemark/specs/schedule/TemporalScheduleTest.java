package dev.tidemark.specs.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.connect.configuration.Overlap;
import dev.tidemark.connect.configuration.ScheduleConfiguration;
import dev.tidemark.workflows.schedule.ScheduleOrigin;
import dev.tidemark.workflows.schedule.ScheduledBatchInput;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TemporalScheduleTest {

  private static final ScheduleConfiguration NIGHTLY =
      new ScheduleConfiguration(
          "nightly",
          "branches",
          List.of("lmp"),
          List.of("c_*"),
          List.of("30 2 * * *"),
          Duration.ofHours(6),
          Duration.ofMinutes(5),
          ZoneId.of("Asia/Jakarta"),
          Overlap.CANCEL_OTHER,
          Duration.ofSeconds(90),
          Duration.ofHours(2),
          Instant.parse("2026-12-01T00:00:00Z"),
          Instant.parse("2027-12-01T00:00:00Z"),
          true,
          true,
          "books");
  private static final ScheduledBatchInput INPUT =
      new ScheduledBatchInput(
          "nightly",
          "branches",
          List.of("lmp"),
          List.of("c_*"),
          ScheduleOrigin.FILE,
          NIGHTLY.settings());

  private final Schedule schedule = TemporalSchedule.of(NIGHTLY, INPUT, "queue");

  @Test
  void saysWhen() {
    var spec = schedule.getSpec();
    assertThat(spec.getCronExpressions()).containsExactly("30 2 * * *");
    assertThat(spec.getIntervals())
        .containsExactly(new ScheduleIntervalSpec(Duration.ofHours(6), Duration.ofMinutes(5)));
    assertThat(spec.getTimeZoneName()).isEqualTo("Asia/Jakarta");
    assertThat(spec.getJitter()).isEqualTo(Duration.ofSeconds(90));
    assertThat(spec.getStartAt()).isEqualTo("2026-12-01T00:00:00Z");
    assertThat(spec.getEndAt()).isEqualTo("2027-12-01T00:00:00Z");
  }

  @Test
  void saysHow() {
    SchedulePolicy policy = Objects.requireNonNull(schedule.getPolicy());
    ScheduleState state = Objects.requireNonNull(schedule.getState());
    assertThat(policy.getOverlap()).isEqualTo(TemporalSchedule.policy(Overlap.CANCEL_OTHER));
    assertThat(policy.getCatchupWindow()).isEqualTo(Duration.ofHours(2));
    assertThat(policy.isPauseOnFailure()).isTrue();
    assertThat(state.isPaused()).isTrue();
    assertThat(state.getNote()).isEqualTo("books");
  }

  @Test
  void startsTheWorkflowOfTheBatchOnTheQueueOfItsWorkers() {
    var start = (ScheduleActionStartWorkflow) schedule.getAction();
    assertThat(start.getWorkflowType()).isEqualTo("ScheduledBatchWorkflow");
    assertThat(start.getOptions().getWorkflowId()).isEqualTo("schedule:nightly");
    assertThat(start.getOptions().getWorkflowExecutionTimeout()).isNull();
    assertThat(TemporalSchedule.taskQueue(schedule)).isEqualTo("queue");
    assertThat(TemporalSchedule.input(schedule)).contains(INPUT);
  }

  @ParameterizedTest
  @EnumSource
  void everyOverlapIsTemporalsOfTheSameName(Overlap overlap) {
    assertThat(TemporalSchedule.policy(overlap).name())
        .isEqualTo("SCHEDULE_OVERLAP_POLICY_" + overlap.name());
  }
}
