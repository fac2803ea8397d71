package dev.tidemark.connect.configuration;

import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** The entries of a mapping in their order, with those that {@code <<} merges behind its own. */
final class Entries {

  /** Deeper merges than this are an anchor that contains itself. */
  private static final int DEEPEST_MERGE = 10;

  private Entries() {}

  static Map<String, Value> of(Reading reading, String path, MappingNode mapping) {
    Map<String, Value> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Node key = tuple.getKeyNode();
      int line = key.getStartMark().getLine() + 1;
      if (!(key instanceof ScalarNode name)) {
        reading.mistake(path, line, "a key that is no text", "a text as key");
      } else if (!isMerge(key)) {
        String at = path.isEmpty() ? name.getValue() : path + "." + name.getValue();
        Value value = new Value(reading, at, line, tuple.getValueNode());
        Value first = entries.putIfAbsent(name.getValue(), value);
        if (first != null) {
          value.mistake("the same key a second time, after line " + first.line(), "each key once");
        }
      }
    }
    Map<String, Value> merged = new LinkedHashMap<>(entries);
    merge(reading, path, mapping, merged, 0);
    return merged;
  }

  private static void merge(
      Reading reading, String path, MappingNode mapping, Map<String, Value> into, int depth) {
    if (depth > DEEPEST_MERGE) {
      return;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      if (isMerge(tuple.getKeyNode())) {
        mergeFrom(reading, path, tuple.getValueNode(), into, depth);
      } else if (depth > 0 && tuple.getKeyNode() instanceof ScalarNode name) {
        String at = path.isEmpty() ? name.getValue() : path + "." + name.getValue();
        int line = name.getStartMark().getLine() + 1;
        into.putIfAbsent(name.getValue(), new Value(reading, at, line, tuple.getValueNode()));
      }
    }
  }

  private static void mergeFrom(
      Reading reading, String path, Node from, Map<String, Value> into, int depth) {
    switch (from) {
      case MappingNode other -> merge(reading, path, other, into, depth + 1);
      case SequenceNode others ->
          others.getValue().forEach(other -> mergeFrom(reading, path, other, into, depth + 1));
      default ->
          reading.mistake(
              path + ".<<", from.getStartMark().getLine() + 1, "a text", "an alias such as *name");
    }
  }

  private static boolean isMerge(Node key) {
    return key.getTag().equals(Tag.MERGE);
  }
}
