package dev.tidemark.connect.target;

import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.MappedColumn;
import dev.tidemark.connect.table.TableDesign;
import dev.tidemark.connect.table.TableIndex;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
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
 * @param notUnique those to be made that are unique in the source and cannot be here, each in words
 */
public record IndexPlan(List<TableIndex> indexes, List<String> leftOut, List<String> notUnique) {

  /** Nothing is to be made. */
  public static final IndexPlan NONE = new IndexPlan(List.of(), List.of(), List.of());

  public IndexPlan {
    indexes = List.copyOf(indexes);
    leftOut = List.copyOf(leftOut);
    notUnique = List.copyOf(notUnique);
  }

  /** What {@link #notUnique} means, in words. */
  public Optional<String> weaker() {
    return notUnique.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Unique in the source and not in the target, which indexes only the beginning of long"
                + " columns: index "
                + String.join(", ", notUnique)
                + ".");
  }

  /** The source's indexes in a target's table. */
  public static IndexPlan of(
      TableMapping mapping, TableShape target, TableDesign source, Dialect dialect) {
    List<TableIndex> indexes = new ArrayList<>();
    List<String> leftOut = new ArrayList<>(source.leftOut());
    List<String> notUnique = new ArrayList<>();
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
        if (index.unique() && !fitted.get().unique()) {
          notUnique.add(index.name() + " " + fitted.get().inWords());
        }
      }
    }
    return new IndexPlan(indexes, leftOut, notUnique);
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
