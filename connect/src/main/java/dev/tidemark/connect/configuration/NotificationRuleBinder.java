package dev.tidemark.connect.configuration;

import dev.tidemark.connect.catalog.TablePattern;
import dev.tidemark.connect.failure.ErrorCode;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Binds which ends of batches one receiver is told about. */
final class NotificationRuleBinder {

  private static final Set<String> STATUSES =
      Set.of("completed", "failed", "interrupted", NotificationRule.DIFFERS);

  /** Of a batch whose sources have no table that is asked for, and of one that did not start. */
  private static final Set<String> WITHOUT_TABLES =
      Set.of("NOTHING_TO_SYNC", "BATCH_NOT_CONFIGURED", "SCHEDULE_OUTDATED");

  /** What a rule may name: everything of the file, also what has mistakes. */
  record Names(Set<String> connections, Set<String> batches) {}

  private final Section section;
  private final Names names;

  NotificationRuleBinder(Section section, Names names) {
    this.section = section;
    this.names = names;
  }

  NotificationRule bind() {
    return new NotificationRule(
        on(),
        batches(),
        known("connections", names.connections(), "a connection: "),
        tables(),
        known("error-codes", errorCodes(), "codes of errors: "),
        duration("longer-than"),
        section.flag("only-changes", false),
        duration("at-most-every"));
  }

  private Set<String> on() {
    if (!section.has("on")) {
      return NotificationRule.DEFAULT_ON;
    }
    List<String> statuses = section.texts("on");
    for (String status : statuses) {
      if (!STATUSES.contains(status)) {
        section.mistake("on", "\"" + status + "\"", "completed, failed, interrupted, differs");
      }
    }
    return new LinkedHashSet<>(statuses);
  }

  private List<String> batches() {
    List<String> patterns = section.texts("batches");
    for (String pattern : patterns) {
      if (names.batches().stream().noneMatch(name -> BatchPattern.matches(pattern, name))) {
        section.mistake(
            "batches",
            "\"" + pattern + "\"",
            "names or patterns of batches: " + String.join(", ", names.batches()));
      }
    }
    return patterns;
  }

  private List<String> known(String key, Set<String> known, String allowed) {
    List<String> texts = section.texts(key);
    for (String text : texts) {
      if (!known.contains(text)) {
        section.mistake(key, "\"" + text + "\"", allowed + String.join(", ", known));
      }
    }
    return texts;
  }

  private List<String> tables() {
    List<String> patterns = section.texts("tables");
    for (String pattern : patterns) {
      try {
        var ignored = TablePattern.parse(pattern);
      } catch (IllegalArgumentException notOne) {
        section.mistake("tables", "\"" + pattern + "\"", String.valueOf(notOne.getMessage()));
      }
    }
    return patterns;
  }

  private static Set<String> errorCodes() {
    Set<String> codes = new TreeSet<>(WITHOUT_TABLES);
    Stream.of(ErrorCode.values()).map(ErrorCode::name).forEach(codes::add);
    return codes;
  }

  private @Nullable Duration duration(String key) {
    return section.has(key) ? section.duration(key, Duration.ofSeconds(1)) : null;
  }
}
