package dev.tidemark.connect.configuration;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Binds one schedule. */
final class ScheduleBinder {

  private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);

  /** Temporal takes anything shorter for this. */
  private static final Duration SHORTEST_CATCH_UP = Duration.ofSeconds(10);

  /** Temporal keeps notes with what it lists. */
  private static final int LONGEST_NOTE = 1_000;

  private final Reading reading;
  private final Section section;
  private final Set<String> batches;
  private final Map<String, BatchConfiguration> bound;

  /**
   * @param batches names of all batches, also of those that have mistakes
   * @param bound those without mistakes, by name
   */
  ScheduleBinder(
      Reading reading,
      Section section,
      Set<String> batches,
      Map<String, BatchConfiguration> bound) {
    this.reading = reading;
    this.section = section;
    this.batches = batches;
    this.bound = bound;
  }

  /** Null when something is wrong with it. */
  @Nullable ScheduleConfiguration bind(String name) {
    int before = reading.count();
    if (!ConnectionBinder.isName(name)) {
      section.mistake("\"" + name + "\" as a name", ConnectionBinder.NAME);
    }
    String batch = batch();
    List<String> connections = section.texts("connections");
    List<String> tables = section.texts("tables");
    checkAsked(batch, connections, tables);
    List<String> cron = cron();
    Duration every = interval();
    Duration offset = offset(every);
    if (!section.has("cron") && !section.has("every")) {
      section.mistake("cron", "nothing", "cron or every, or both (required)");
    }
    ZoneId named = section.zone("time-zone");
    ZoneId timeZone = named == null ? ScheduleConfiguration.DEFAULT_TIME_ZONE : named;
    Overlap overlap =
        section.choice(
            "overlap", Overlap.BY_WORD, Overlap.ALLOWED, ScheduleConfiguration.DEFAULT_OVERLAP);
    Duration jitter =
        section.has("jitter") ? section.duration("jitter", Duration.ofSeconds(1)) : null;
    Duration catchUp = section.duration("catch-up", ScheduleConfiguration.DEFAULT_CATCH_UP);
    if (catchUp.compareTo(SHORTEST_CATCH_UP) < 0) {
      section.wrong("catch-up", "at least " + DurationText.write(SHORTEST_CATCH_UP));
    }
    Instant start = instant("start");
    Instant end = instant("end");
    if (start != null && end != null && !end.isAfter(start)) {
      section.wrong("end", "a time after start");
    }
    boolean paused = section.flag("paused", false);
    boolean pauseOnFailure = section.flag("pause-on-failure", false);
    String note = section.text("note");
    if (note != null && note.length() > LONGEST_NOTE) {
      section.wrong("note", "at most " + LONGEST_NOTE + " characters");
    }
    return batch == null || reading.count() > before
        ? null
        : new ScheduleConfiguration(
            name,
            batch,
            connections,
            tables,
            cron,
            every,
            offset,
            timeZone,
            overlap,
            jitter,
            catchUp,
            start,
            end,
            paused,
            pauseOnFailure,
            note);
  }

  /** The batch that is named, or the only one. */
  private @Nullable String batch() {
    if (batches.size() == 1 && !section.has("batch")) {
      return batches.iterator().next();
    }
    String allowed =
        batches.isEmpty() ? "a name under batches" : "a batch: " + String.join(", ", batches);
    String batch = section.required("batch", allowed);
    if (batch != null && !batches.contains(batch)) {
      section.wrong("batch", allowed);
      return null;
    }
    return batch;
  }

  private void checkAsked(@Nullable String name, List<String> connections, List<String> tables) {
    BatchConfiguration batch = name == null ? null : bound.get(name);
    if (batch == null) {
      return;
    }
    for (AskedMistake mistake : new AskedBatch(batch, connections, tables).mistakes()) {
      reading.mistake(
          section.at(mistake.path()),
          section.lineOf(mistake.key()),
          "\"%s\", which %s".formatted(mistake.asked(), mistake.wrong()),
          mistake.allowed());
    }
  }

  private List<String> cron() {
    Value list = section.value("cron");
    if (list == null) {
      return List.of();
    }
    if (list.isList() && list.items().isEmpty()) {
      list.mistake("an empty list", CronText.ALLOWED);
    }
    List<String> times = new ArrayList<>();
    for (Value item : list.items()) {
      String text = item.textOrEmpty(CronText.ALLOWED);
      if (text != null) {
        CronText.mistake(text).ifPresent(item::wrongText);
        times.add(text.strip());
      }
    }
    return times;
  }

  private @Nullable Duration interval() {
    if (!section.has("every")) {
      return null;
    }
    Duration every = section.duration("every", SHORTEST_INTERVAL);
    if (every.compareTo(SHORTEST_INTERVAL) < 0) {
      section.wrong("every", "at least " + DurationText.write(SHORTEST_INTERVAL));
    }
    return every;
  }

  private Duration offset(@Nullable Duration every) {
    if (!section.has("offset")) {
      return Duration.ZERO;
    }
    Duration offset = section.duration("offset", Duration.ZERO);
    if (!section.has("every")) {
      section.mistake("offset", "an offset without every", "offset beside every");
    } else if (every != null && offset.compareTo(every) >= 0) {
      section.wrong("offset", "less than every");
    }
    return offset;
  }

  private @Nullable Instant instant(String key) {
    String text = section.text(key);
    if (text == null) {
      return null;
    }
    Optional<Instant> instant = parse(text);
    if (instant.isEmpty()) {
      section.wrong(key, "a time with its offset, such as 2026-12-01T00:00:00Z");
    }
    return instant.orElse(null);
  }

  private static Optional<Instant> parse(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
