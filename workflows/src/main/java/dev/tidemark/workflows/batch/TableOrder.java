package dev.tidemark.workflows.batch;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which tables of a target are to be written before which, because these refer to them by foreign
 * keys. Names are in lower case.
 *
 * @param before by table, those to be written before it; never in a circle
 * @param circular tables that refer to each other, for which there is no order
 */
public record TableOrder(Map<String, List<String>> before, List<String> circular) {

  /** Of tables that do not refer to each other, or of which nobody knows. */
  public static final TableOrder NONE = new TableOrder(Map.of(), List.of());

  public TableOrder {
    before = Map.copyOf(before);
    circular = List.copyOf(circular);
  }

  /** Those to be written before this one. */
  List<String> parents(String targetTable) {
    return before.getOrDefault(name(targetTable), List.of());
  }

  /** The tables that refer to others or are referred to. */
  Set<String> related() {
    Set<String> related =
        before.values().stream().flatMap(List::stream).collect(Collectors.toSet());
    related.addAll(before.keySet());
    related.addAll(circular);
    return related;
  }

  /** As a table is called here. */
  static String name(String targetTable) {
    return targetTable.toLowerCase(Locale.ROOT);
  }
}
