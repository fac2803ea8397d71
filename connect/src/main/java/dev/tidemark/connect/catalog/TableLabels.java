package dev.tidemark.connect.catalog;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * What tables are called where each is shown beside its connection: as their catalogs do, with the
 * schema only where two of one connection would look the same.
 */
public final class TableLabels {

  private record Seen(String connection, String table) {}

  private final Set<Seen> ambiguous = new HashSet<>();

  /** Labels of tables that are shown together. */
  public TableLabels(Collection<TablePath> tables) {
    Set<Seen> seen = new HashSet<>();
    for (TablePath table : Set.copyOf(tables)) {
      Seen look = new Seen(table.connection(), table.table());
      if (!seen.add(look)) {
        ambiguous.add(look);
      }
    }
  }

  /** What this one is called. */
  public String of(TablePath table) {
    return ambiguous.contains(new Seen(table.connection(), table.table()))
        ? table.nameWithSchema()
        : table.name();
  }
}
