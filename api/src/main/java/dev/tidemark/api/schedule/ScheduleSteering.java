package dev.tidemark.api.schedule;

import dev.tidemark.api.problem.Problem.Mistake;
import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.connect.configuration.AskedSchedule;
import dev.tidemark.connect.configuration.ConfigurationException;
import dev.tidemark.connect.configuration.Overlap;
import dev.tidemark.connect.configuration.ScheduleConfiguration;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import dev.tidemark.connect.failure.Suggestion;
import dev.tidemark.specs.schedule.ForeignScheduleException;
import dev.tidemark.specs.schedule.Schedules;
import dev.tidemark.specs.schedule.TemporalSchedule;
import dev.tidemark.workflows.schedule.ScheduleOrigin;
import dev.tidemark.workflows.schedule.ScheduledBatchInput;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.schedules.ScheduleBackfill;
import io.temporal.client.schedules.ScheduleDescription;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds, makes, changes and steers schedules. */
@Component
final class ScheduleSteering {

  /** A schedule as Temporal has it, and what it was made of. */
  record Found(ScheduleDescription description, ScheduledBatchInput input) {}

  private final Schedules schedules;
  private final AskedSchedule asked;

  ScheduleSteering(Schedules schedules, TidemarkConfiguration configuration) {
    this.schedules = schedules;
    this.asked = new AskedSchedule(configuration.batches());
  }

  /** Names of all schedules. */
  List<String> names() {
    return schedules.names();
  }

  /**
   * The schedule of this name, to be shown.
   *
   * @throws ProblemException 404 when there is none, or it is of another Tidemark
   */
  Found look(String name) {
    return find(name)
        .findFirst()
        .orElseThrow(
            () ->
                schedules
                    .foreign(name)
                    .map(
                        foreign ->
                            ProblemException.notFound(
                                "SCHEDULE_OF_ANOTHER", foreign.fact(), foreign.remedy()))
                    .orElseGet(() -> unknown(name)));
  }

  /**
   * The schedule of this name, to be steered or changed.
   *
   * @throws ProblemException 404 when there is none, 409 when it is of another Tidemark
   */
  Found get(String name) {
    return find(name)
        .findFirst()
        .orElseThrow(
            () ->
                schedules
                    .foreign(name)
                    .map(ScheduleSteering::ofAnother)
                    .orElseGet(() -> unknown(name)));
  }

  private static ProblemException ofAnother(ForeignScheduleException foreign) {
    return ProblemException.conflict("SCHEDULE_OF_ANOTHER", foreign.fact(), foreign.remedy());
  }

  private ProblemException unknown(String name) {
    return ProblemException.notFound(
        "SCHEDULE_NOT_FOUND",
        "There is no schedule [%s].%s"
            .formatted(
                name,
                Suggestion.question(Suggestion.nearest(name, schedules.names()).stream().toList())),
        "List those that exist with GET /api/v1/schedules.");
  }

  /** One, or none when it was deleted meanwhile or is not of these workers. */
  Stream<Found> find(String name) {
    return schedules.find(name).stream()
        .flatMap(
            description ->
                schedules.input(description).stream().map(input -> new Found(description, input)));
  }

  /** The name of a schedule that is to be made. */
  String name(ScheduleRequest request) {
    String name = request.name();
    if (name == null || name.isBlank()) {
      throw ProblemException.invalid(List.of(new Mistake("name", "must not be blank")));
    }
    return name;
  }

  /** Makes a schedule. */
  void create(String name, ScheduleRequest request) {
    if (!schedules.create(read(name, request), ScheduleOrigin.API)) {
      throw schedules
          .foreign(name)
          .map(ScheduleSteering::ofAnother)
          .orElseGet(
              () ->
                  ProblemException.conflict(
                      "SCHEDULE_EXISTS",
                      "There is a schedule " + name + " already.",
                      "Choose another name, or replace it with PUT."));
    }
  }

  /** Gives a schedule that the API made other settings. */
  void replace(String name, ScheduleRequest request) {
    refuseWhenOfFile(get(name));
    if (request.name() != null && !request.name().equals(name)) {
      throw ProblemException.invalid(
          List.of(new Mistake("name", "must be " + name + ", as in the path, or left out")));
    }
    try {
      schedules.update(read(name, request), ScheduleOrigin.API);
    } catch (ForeignScheduleException e) {
      throw ofAnother(e);
    }
  }

  void delete(String name) {
    refuseWhenOfFile(get(name));
    schedules.delete(name);
  }

  private static void refuseWhenOfFile(Found found) {
    if (found.input().origin() == ScheduleOrigin.FILE) {
      throw ProblemException.conflict(
          "SCHEDULE_OF_FILE",
          "Schedule %s stands in the configuration, which would bring it back."
              .formatted(found.input().schedule()),
          "Edit the file and restart a worker; to stop the schedule at once, pause it.");
    }
  }

  private ScheduleConfiguration read(String name, ScheduleRequest request) {
    try {
      return asked.read(name, request.settings());
    } catch (ConfigurationException e) {
      throw ProblemException.invalid(
          e.mistakes().stream()
              .map(
                  mistake ->
                      new Mistake(
                          property(mistake.path()),
                          "is %s; allowed: %s".formatted(mistake.found(), mistake.allowed())))
              .toList());
    }
  }

  /** {@code time-zone} is {@code timeZone}; what is wrong with the whole is its name. */
  private static String property(String key) {
    String[] words = key.split("-", -1);
    return key.isEmpty()
        ? "name"
        : words[0]
            + Stream.of(words)
                .skip(1)
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
  }

  void pause(String name, String note) {
    schedules.handle(get(name).input().schedule()).pause(note);
  }

  void resume(String name, String note) {
    schedules.handle(get(name).input().schedule()).unpause(note);
  }

  /** Runs what was due between two instants. */
  void backfill(String name, ScheduleOrders.Backfill order) {
    Found found = get(name);
    List<Mistake> mistakes = new ArrayList<>();
    Instant from = instant("from", order.from(), mistakes);
    Instant to = instant("to", order.to(), mistakes);
    if (mistakes.isEmpty() && !to.isAfter(from)) {
      mistakes.add(new Mistake("to", "must be after from"));
    }
    ScheduleOverlapPolicy overlap = overlap(found, order.overlap(), mistakes);
    if (!mistakes.isEmpty()) {
      throw ProblemException.invalid(mistakes);
    }
    schedules.handle(name).backfill(List.of(new ScheduleBackfill(from, to, overlap)));
  }

  private static Instant instant(String path, @Nullable String text, List<Mistake> mistakes) {
    try {
      return Instant.parse(Objects.requireNonNullElse(text, ""));
    } catch (DateTimeParseException e) {
      mistakes.add(new Mistake(path, "must be a time such as 2026-11-01T00:00:00Z"));
      return Instant.EPOCH;
    }
  }

  /** What an order asks for, else what the schedule says. */
  ScheduleOverlapPolicy overlap(Found found, @Nullable String word, List<Mistake> mistakes) {
    if (word == null) {
      var policy = found.description().getSchedule().getPolicy();
      return policy == null
          ? TemporalSchedule.policy(ScheduleConfiguration.DEFAULT_OVERLAP)
          : policy.getOverlap();
    }
    return Overlap.of(word)
        .map(TemporalSchedule::policy)
        .orElseGet(
            () -> {
              mistakes.add(new Mistake("overlap", "must be one of " + Overlap.ALLOWED));
              return TemporalSchedule.policy(ScheduleConfiguration.DEFAULT_OVERLAP);
            });
  }
}
