package dev.tidemark.connect.table;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * An index beside the key.
 *
 * @param name as the catalog spells it
 * @param unique whether it takes no two rows that are alike in all of its parts
 * @param parts in their order
 */
public record TableIndex(String name, boolean unique, List<Part> parts) {

  public TableIndex {
    Objects.requireNonNull(name, "name");
    parts = List.copyOf(parts);
  }

  /**
   * A column of an index.
   *
   * @param column its name
   * @param prefix characters or bytes that are indexed; 0 for all
   * @param descending whether its order is turned round
   */
  public record Part(String column, int prefix, boolean descending) {
    public Part {
      Objects.requireNonNull(column, "column");
    }
  }

  /** Such as {@code unique (branch, code)}. */
  public String inWords() {
    return (unique ? "unique " : "")
        + parts.stream()
            .map(
                part ->
                    part.column()
                        + (part.prefix() > 0 ? "(" + part.prefix() + ")" : "")
                        + (part.descending() ? " desc" : ""))
            .collect(Collectors.joining(", ", "(", ")"));
  }

  /** Whether its parts are whole columns, and all of them among these. */
  public boolean isWithin(List<String> columns) {
    return parts.stream()
        .allMatch(
            part ->
                part.prefix() == 0 && columns.stream().anyMatch(part.column()::equalsIgnoreCase));
  }

  /** Whether its parts are exactly these columns, in any order. */
  public boolean isOver(List<String> columns) {
    return parts.stream()
        .map(part -> part.column().toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet())
        .equals(
            columns.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet()));
  }

  /** Whether another index, of whatever name, does the same. */
  public boolean sameAs(TableIndex other) {
    return unique == other.unique && folded().equals(other.folded());
  }

  private List<Part> folded() {
    return parts.stream()
        .map(
            part ->
                new Part(part.column().toLowerCase(Locale.ROOT), part.prefix(), part.descending()))
        .toList();
  }
}
