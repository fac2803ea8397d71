package dev.tidemark.connect.configuration;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** On which line of a configuration's file something stands, for mistakes that are found later. */
public final class ConfigurationLines {

  /** Deeper than any setting; an alias may lie within its own anchor. */
  private static final int DEEPEST = 10;

  private final Map<String, Integer> lines = new HashMap<>();

  /**
   * The lines of a file.
   *
   * @param root null when nothing stands in it
   */
  ConfigurationLines(@Nullable Node root) {
    take("", root, 0);
  }

  private void take(String path, @Nullable Node node, int depth) {
    if (depth > DEEPEST) {
      return;
    }
    if (node instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        if (entry.getKeyNode() instanceof ScalarNode key) {
          String below = path.isEmpty() ? key.getValue() : path + "." + key.getValue();
          lines.putIfAbsent(below, key.getStartMark().getLine() + 1);
          take(below, entry.getValueNode(), depth + 1);
        }
      }
    } else if (node instanceof SequenceNode sequence) {
      List<Node> items = sequence.getValue();
      for (int i = 0; i < items.size(); i++) {
        String below = path + "[" + i + "]";
        lines.put(below, items.get(i).getStartMark().getLine() + 1);
        take(below, items.get(i), depth + 1);
      }
    }
  }

  /** The same mistake with the line on which its path stands, or else what is around it. */
  public Mistake locate(Mistake mistake) {
    String path = mistake.path();
    while (!path.isEmpty()) {
      Integer line = lines.get(path);
      if (line != null) {
        return new Mistake(mistake.path(), line, mistake.found(), mistake.allowed());
      }
      path = path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }
    return mistake;
  }
}
