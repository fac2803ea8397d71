package dev.tidemark.connect.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which of the names under {@code table:} of a batch holds for which table of one source.
 *
 * <p>A name holds for the table that it means anywhere else. Names in quotes come first, and what
 * they mean is out of reach of the others; of several names for one table, the most alike holds.
 */
public final class TableSettings {

  private final Map<TablePath, String> names;

  private TableSettings(Map<TablePath, String> names) {
    this.names = Map.copyOf(names);
  }

  /**
   * Resolves names.
   *
   * @param typed as the configuration has them
   * @param tables all that the source has, also those that the batch does not take
   */
  public static TableSettings of(Collection<String> typed, Collection<TablePath> tables) {
    List<TablePattern> patterns = typed.stream().sorted().map(TablePattern::name).toList();
    Map<TablePath, String> names = new HashMap<>();
    List<TablePath> left = new ArrayList<>(tables);
    for (boolean quoted : List.of(true, false)) {
      names.putAll(
          nearest(patterns.stream().filter(name -> name.isQuoted() == quoted).toList(), left));
      left.removeAll(names.keySet());
    }
    return new TableSettings(names);
  }

  private static Map<TablePath, String> nearest(
      List<TablePattern> patterns, List<TablePath> tables) {
    Map<TablePath, TablePattern> nearest = new HashMap<>();
    for (TablePattern pattern : patterns) {
      for (TablePath table : pattern.resolve(tables, one -> one)) {
        nearest.merge(table, pattern, (one, other) -> nearer(table, one, other));
      }
    }
    Map<TablePath, String> names = new HashMap<>();
    nearest.forEach((table, pattern) -> names.put(table, pattern.toString()));
    return names;
  }

  private static TablePattern nearer(TablePath table, TablePattern one, TablePattern other) {
    return other.unlike(table).orElseThrow() < one.unlike(table).orElseThrow() ? other : one;
  }

  /** The name that holds for this table; empty when the batch says nothing about it. */
  public Optional<String> of(TablePath table) {
    return Optional.ofNullable(names.get(table));
  }

  /** The names that hold for some table. */
  public Set<String> names() {
    return Set.copyOf(names.values());
  }
}
