package dev.tidemark.connect.table;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A table as the catalog describes it.
 *
 * @param schema schema (PostgreSQL) or database (MySQL, MariaDB)
 * @param name as the catalog spells it
 * @param columns in their order
 * @param key columns of the primary key, else of a unique index over columns without NULL; empty
 *     when there is neither
 * @param estimatedRows from the statistics, 0 when unknown
 * @param view whether it is a view of which the catalog does not tell which columns take NULL
 */
public record TableShape(
    String schema,
    String name,
    List<Column> columns,
    List<String> key,
    long estimatedRows,
    boolean view) {

  public TableShape {
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(name, "name");
    columns = List.copyOf(columns);
    key = List.copyOf(key);
  }

  /** A table. */
  public TableShape(
      String schema, String name, List<Column> columns, List<String> key, long estimatedRows) {
    this(schema, name, columns, key, estimatedRows, false);
  }

  /** Whether {@link #key} is made of exactly these columns, in any order. */
  public boolean hasKey(List<String> names) {
    return lower(key).equals(lower(names));
  }

  private static Set<String> lower(List<String> names) {
    return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  /** The column of this name; letter case counts only where two columns differ in nothing else. */
  public Optional<Column> column(String wanted) {
    return columns.stream()
        .filter(column -> column.name().equals(wanted))
        .findFirst()
        .or(
            () ->
                columns.stream()
                    .filter(column -> column.name().equalsIgnoreCase(wanted))
                    .findFirst());
  }
}
