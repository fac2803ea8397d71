package dev.tidemark.workflows.batch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * For which tables of a batch others wait: one starts when those are written to whose rows its own
 * refer, as far as the batch as it stands now can tell.
 */
final class Holders {

  private final TableOrder order;
  private final Map<String, Map<String, String>> constants = new HashMap<>();
  private final Map<String, List<TableState>> unwritten = new HashMap<>();
  private final List<TableState> unplanned = new ArrayList<>();

  Holders(BatchSpec spec, TableOrder order, Iterable<TableState> tables) {
    this.order = order;
    spec.sources().forEach(source -> constants.put(source.connection(), source.constants()));
    for (TableState table : tables) {
      if (table.toBePlanned()) {
        unplanned.add(table);
      } else if (table.open()) {
        String name = TableOrder.name(table.targetTable());
        unwritten.computeIfAbsent(name, ignored -> new ArrayList<>()).add(table);
      }
    }
  }

  /** Whether the table has to wait. */
  boolean hold(TableState table) {
    return !of(table).isEmpty() || unplannedHold(table);
  }

  /** Any source may turn out to have the table to which one refers. */
  private boolean unplannedHold(TableState table) {
    return !order.parents(table.targetTable()).isEmpty()
        && unplanned.stream().anyMatch(source -> !apart(source, table));
  }

  /** The target tables for which it waits. */
  List<String> of(TableState table) {
    return of(table, holder -> true);
  }

  /** Those of them that are paused, and so until somebody does something. */
  List<String> paused(TableState table) {
    return of(table, TableState::paused);
  }

  private List<String> of(TableState table, Predicate<TableState> which) {
    return order.parents(table.targetTable()).stream()
        .filter(
            parent ->
                unwritten.getOrDefault(parent, List.of()).stream()
                    .anyMatch(holder -> which.test(holder) && holds(holder, table)))
        .toList();
  }

  /** Other sources do not wait as long as another run takes, which may be all night. */
  private boolean holds(TableState parent, TableState table) {
    return connection(parent).equals(connection(table))
        || (!parent.waitsForSlice() && !apart(parent, table));
  }

  /**
   * Whether their sources write slices of their own, which a column tells apart that is constant in
   * both. Rows refer to rows of their own slice as a rule, and a table of which others were refused
   * is tried once more.
   */
  private boolean apart(TableState one, TableState other) {
    Map<String, String> others = constants.getOrDefault(connection(other), Map.of());
    return constants.getOrDefault(connection(one), Map.of()).entrySet().stream()
        .anyMatch(
            constant ->
                !others
                    .getOrDefault(constant.getKey(), constant.getValue())
                    .equals(constant.getValue()));
  }

  private static String connection(TableState table) {
    return table.table().connection();
  }
}
