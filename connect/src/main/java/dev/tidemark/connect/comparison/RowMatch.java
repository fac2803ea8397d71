package dev.tidemark.connect.comparison;

import dev.tidemark.connect.comparison.Difference.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the rows of the source among those of the target, whatever order the target gives them in:
 * only equal keys have to meet, so nothing here depends on how a database orders them.
 */
final class RowMatch {

  private final Map<List<String>, Long> unmatched;
  private List<Difference> differences = new ArrayList<>();

  /**
   * Takes the rows of the source. A key that stands there twice has a row too many for the target.
   */
  RowMatch(List<Fingerprint> source) {
    unmatched = LinkedHashMap.newLinkedHashMap(source.size());
    for (Fingerprint row : source) {
      if (unmatched.putIfAbsent(row.key(), row.fingerprint()) != null) {
        differences.add(new Difference(row.key(), Kind.MISSING));
      }
    }
  }

  /** Takes rows of the target, which may come in many lists. */
  void add(List<Fingerprint> target) {
    for (Fingerprint row : target) {
      Long fingerprint = unmatched.remove(row.key());
      if (fingerprint == null) {
        differences.add(new Difference(row.key(), Kind.EXTRA));
      } else if (fingerprint != row.fingerprint()) {
        differences.add(new Difference(row.key(), Kind.DIFFERENT));
      }
    }
  }

  /** All rows of the target have been added: what is left of the source is missing there. */
  void end() {
    unmatched.keySet().forEach(key -> differences.add(new Difference(key, Kind.MISSING)));
    unmatched.clear();
  }

  /** The differences found since this was asked last. */
  List<Difference> take() {
    List<Difference> found = differences;
    differences = new ArrayList<>();
    return found;
  }
}
