package dev.tidemark.connect.configuration;

import dev.tidemark.connect.failure.Suggestion;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;

/**
 * Keys with values at one place of the file. Each method reads one key; what is wrong there becomes
 * a mistake, and the answer is then the fallback or null.
 */
final class Section {

  private final Reading reading;
  private final String path;
  private final int line;
  private final @Nullable Collection<String> known;
  private final Map<String, Value> values;

  /**
   * @param known keys that may stand here; null when each is a name of the person's choice
   */
  Section(
      Reading reading,
      String path,
      int line,
      MappingNode mapping,
      @Nullable Collection<String> known) {
    this.reading = reading;
    this.path = path;
    this.line = line;
    this.known = known;
    this.values = Entries.of(reading, path, mapping);
    if (known != null) {
      values.forEach((key, value) -> checkKnown(key, value, known));
    }
  }

  private void checkKnown(String key, Value value, Collection<String> keys) {
    boolean extension = path.isEmpty() && key.startsWith("x-");
    if (!keys.contains(key) && !extension) {
      Optional<String> meant = Suggestion.nearest(key, keys);
      value.mistake(
          "an unknown key",
          meant.map(word -> "did you mean " + word + "? ").orElse("") + String.join(", ", keys));
    }
  }

  String path() {
    return path;
  }

  Set<String> names() {
    return values.keySet();
  }

  @Nullable Value value(String key) {
    if (known != null && !known.contains(key)) {
      throw new IllegalStateException(key + " is not among the known keys of " + path);
    }
    Value value = values.get(key);
    return value == null || value.isEmpty() ? null : value;
  }

  boolean has(String key) {
    return value(key) != null;
  }

  void mistake(String found, String allowed) {
    reading.mistake(path, line, found, allowed);
  }

  /** A mistake at a key, or at the section when the key is absent. */
  void mistake(String key, String found, String allowed) {
    reading.mistake(at(key), lineOf(key), found, allowed);
  }

  /** The path of what stands below. */
  String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  int lineOf(String key) {
    Value value = values.get(key);
    return value == null ? line : value.line();
  }

  @Nullable String text(String key) {
    Value value = value(key);
    return value == null ? null : value.text();
  }

  String text(String key, String fallback) {
    String text = text(key);
    return text == null ? fallback : text;
  }

  /** The time zone of a name; null for none, or with a mistake. */
  @Nullable ZoneId zone(String key) {
    String text = text(key);
    if (text == null) {
      return null;
    }
    // The JDK would read UTC+7 as well, which Temporal does not.
    if (ZoneId.getAvailableZoneIds().contains(text)) {
      return ZoneId.of(text);
    }
    wrong(key, "the name of a time zone, such as UTC, Asia/Jakarta, Europe/Berlin");
    return null;
  }

  /** The text, or null with a mistake. */
  @Nullable String required(String key, String allowed) {
    int before = reading.count();
    String text = text(key);
    if (text == null && reading.count() == before) {
      mistake(key, "nothing", allowed + " (required)");
    }
    return text;
  }

  int number(String key, int fallback, int least, int most) {
    String text = text(key);
    if (text == null) {
      return fallback;
    }
    if (text.matches("[+-]?\\d{1,10}")) {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return (int) number;
      }
    }
    wrong(key, "a whole number from " + least + " to " + most);
    return fallback;
  }

  /** A large number; 0 when there is none. */
  long amount(String key, long least, long most, Function<String, OptionalLong> reader) {
    String text = text(key);
    if (text == null) {
      return 0;
    }
    OptionalLong amount = reader.apply(text);
    if (amount.isPresent() && amount.getAsLong() >= least && amount.getAsLong() <= most) {
      return amount.getAsLong();
    }
    wrong(key, "a whole number from " + least + " to " + most + ", such as 5_000_000 or 20MB");
    return 0;
  }

  double factor(String key, double fallback, double least, double most) {
    String text = text(key);
    if (text == null) {
      return fallback;
    }
    if (text.matches("\\d{1,9}(\\.\\d{1,9})?")) {
      double number = Double.parseDouble(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    wrong(key, "a number from " + least + " to " + most);
    return fallback;
  }

  boolean flag(String key, boolean fallback) {
    return choice(key, Map.of("true", true, "false", false), "true or false", fallback);
  }

  Duration duration(String key, Duration fallback) {
    String text = text(key);
    if (text == null) {
      return fallback;
    }
    Optional<Duration> duration = DurationText.parse(text).filter(Duration::isPositive);
    if (duration.isEmpty()) {
      wrong(key, DurationText.ALLOWED);
    }
    return duration.orElse(fallback);
  }

  <C> C choice(String key, Map<String, C> choices, String allowed, C fallback) {
    String text = text(key);
    if (text == null) {
      return fallback;
    }
    C choice = choices.get(text);
    if (choice == null) {
      wrong(key, allowed);
      return fallback;
    }
    return choice;
  }

  /** A list of texts, of which none stands twice; a single text counts as a list of one. */
  List<String> texts(String key) {
    Value list = value(key);
    if (list == null) {
      return List.of();
    }
    Set<String> texts = new LinkedHashSet<>();
    for (Value item : list.items()) {
      int before = reading.count();
      String text = item.text();
      if (text == null && reading.count() == before) {
        item.mistake("nothing", "a text");
      } else if (text != null && !texts.add(text)) {
        item.wrongText("each name once");
      }
    }
    return new ArrayList<>(texts);
  }

  /** Names of the person's choice with a text each. */
  Map<String, String> textByName(String key, String allowed) {
    Map<String, String> texts = new LinkedHashMap<>();
    Section section = section(key, null);
    if (section != null) {
      section.values.forEach(
          (name, value) -> {
            String text = null;
            if (value.isEmpty()) {
              value.mistake("nothing", allowed);
            } else {
              text = value.textOrEmpty(allowed);
            }
            if (text != null) {
              texts.put(name, text);
            }
          });
    }
    return texts;
  }

  @Nullable Section section(String key, @Nullable Collection<String> keys) {
    Value value = value(key);
    return value == null ? null : value.section(keys);
  }

  /** A mistake about the text at a key, which is no secret. */
  void wrong(String key, String allowed) {
    Value value = values.get(key);
    if (value != null) {
      value.wrongText(allowed);
    }
  }
}
