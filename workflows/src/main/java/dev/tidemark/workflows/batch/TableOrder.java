package dev.tidemark.workflows.batch;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which tables of a target are to be written before which, because these refer to them by foreign
 * keys. Names are in lower case.
 *
 * @param before by table, those to be written before it; never in a circle
 * @param circles tables that refer to each other, for which there is no order; each circle for
 *     itself
 */
public record TableOrder(Map<String, List<String>> before, List<List<String>> circles) {

  /** Of tables that do not refer to each other, or of which nobody knows. */
  public static final TableOrder NONE = new TableOrder(Map.of(), List.of());

  public TableOrder {
    before = Map.copyOf(before);
    circles = List.copyOf(circles);
  }

  /** Those to be written before this one. */
  List<String> parents(String targetTable) {
    return before.getOrDefault(name(targetTable), List.of());
  }

  /** Whether one of them refers to the other, or both are in a circle. */
  boolean related(String one, String other) {
    return parents(one).contains(name(other))
        || parents(other).contains(name(one))
        || circles.stream()
            .anyMatch(circle -> circle.contains(name(one)) && circle.contains(name(other)));
  }

  /** As a table is called here. */
  static String name(String targetTable) {
    return targetTable.toLowerCase(Locale.ROOT);
  }
}
