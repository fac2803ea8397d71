package dev.tidemark.connect.configuration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** What stands at one place of the file. Everything it cannot read becomes a mistake. */
final class Value {

  private static final int SHOWN_CHARACTERS = 60;

  private final Reading reading;
  private final String path;
  private final int line;
  private final Node node;

  Value(Reading reading, String path, int line, Node node) {
    this.reading = reading;
    this.path = path;
    this.line = line;
    this.node = node;
  }

  String path() {
    return path;
  }

  int line() {
    return line;
  }

  boolean isText() {
    return node instanceof ScalarNode;
  }

  /** Whether nothing stands there, which is as if the key were absent. */
  boolean isEmpty() {
    return node.getTag().equals(Tag.NULL);
  }

  /** The text with variables put in; null when it is empty or cannot be read. */
  @Nullable String text() {
    String text = textOrEmpty("a text");
    return text == null || text.isEmpty() ? null : text;
  }

  /** The text with variables put in, which may be empty; null when it cannot be read. */
  @Nullable String textOrEmpty(String allowed) {
    if (!(node instanceof ScalarNode scalar)) {
      mistake(kind(), allowed);
      return null;
    }
    if (!scalar.getTag().startsWith(Tag.PREFIX)) {
      mistake("a YAML tag (!)", "a text; one that begins with ! stands in quotes");
      return null;
    }
    try {
      return isEmpty() ? "" : reading.environment().resolve(scalar.getValue());
    } catch (Environment.Unresolved unresolved) {
      mistake(unresolved.found(), unresolved.allowed());
      return null;
    }
  }

  /** The keys and values below; null when it has none. */
  @Nullable Section section(@Nullable Collection<String> known) {
    if (node instanceof MappingNode mapping) {
      return new Section(reading, path, line, mapping, known);
    }
    mistake(kind(), "keys with values" + (known == null ? "" : ": " + String.join(", ", known)));
    return null;
  }

  /** The elements of a list; a single value counts as a list of one. */
  List<Value> items() {
    if (!(node instanceof SequenceNode sequence)) {
      return List.of(this);
    }
    List<Value> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      String itemPath = path + "[" + items.size() + "]";
      items.add(new Value(reading, itemPath, item.getStartMark().getLine() + 1, item));
    }
    return items;
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  void mistake(String found, String allowed) {
    reading.mistake(path, line, found, allowed);
  }

  /** A mistake about the text that stands there, which is no secret. */
  void wrongText(String allowed) {
    String raw = node instanceof ScalarNode scalar ? scalar.getValue() : "";
    if (raw.contains("${")) {
      // What the environment holds may be a secret that was put in the wrong place.
      mistake("what " + raw + " stands for", allowed);
    } else if (raw.length() > SHOWN_CHARACTERS) {
      mistake("\"" + raw.substring(0, SHOWN_CHARACTERS) + "…\"", allowed);
    } else {
      mistake("\"" + raw + "\"", allowed);
    }
  }

  /** What stands there, without showing it: it may be a secret in the wrong place. */
  String kind() {
    return switch (node) {
      case MappingNode ignored -> "keys with values";
      case SequenceNode ignored -> "a list";
      default -> isEmpty() ? "nothing" : "a text";
    };
  }
}
