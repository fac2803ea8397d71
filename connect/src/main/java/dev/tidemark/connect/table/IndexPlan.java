package dev.tidemark.connect.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The source's indexes as the target can have them: over the columns that travel, by their names
 * there. What is unique in the source is so within its slice, so constants come first in such an
 * index.
 *
 * @param indexes to be made
 * @param leftOut those that cannot be, each in words
 */
public record IndexPlan(List<TableIndex> indexes, List<String> leftOut) {

  public IndexPlan {
    indexes = List.copyOf(indexes);
    leftOut = List.copyOf(leftOut);
  }

  /** The source's indexes in a target's table. */
  public static IndexPlan of(
      TableMapping mapping, TableShape target, TableDesign source, Dialect dialect) {
    List<TableIndex> indexes = new ArrayList<>();
    List<String> leftOut = new ArrayList<>(source.leftOut());
    Set<List<String>> covered = new HashSet<>(Set.of(mapping.targetKey()));
    for (TableIndex index : source.indexes()) {
      Optional<TableIndex> fitted =
          renamed(mapping, index).flatMap(renamed -> dialect.fitted(target, renamed));
      if (fitted.isEmpty()) {
        leftOut.add("index " + index.name());
        continue;
      }
      boolean whole = fitted.get().parts().stream().allMatch(part -> part.prefix() == 0);
      List<String> columns = fitted.get().parts().stream().map(TableIndex.Part::column).toList();
      // The key is there already, also where it was a unique index of the source.
      if (!whole || covered.add(columns)) {
        indexes.add(fitted.get());
      }
    }
    return new IndexPlan(indexes, leftOut);
  }

  private static Optional<TableIndex> renamed(TableMapping mapping, TableIndex index) {
    List<TableIndex.Part> parts = new ArrayList<>();
    if (index.unique()) {
      mapping
          .constants()
          .keySet()
          .forEach(constant -> parts.add(new TableIndex.Part(constant, 0, false)));
    }
    for (TableIndex.Part part : index.parts()) {
      Optional<MappedColumn> column =
          mapping.columns().stream()
              .filter(each -> each.source().name().equalsIgnoreCase(part.column()))
              .findFirst();
      if (column.isEmpty()) {
        return Optional.empty();
      }
      parts.add(new TableIndex.Part(column.get().target(), part.prefix(), part.descending()));
    }
    return Optional.of(new TableIndex(index.name(), index.unique(), parts));
  }
}
