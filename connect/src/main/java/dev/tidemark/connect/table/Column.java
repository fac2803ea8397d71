package dev.tidemark.connect.table;

import java.util.Objects;

/**
 * A column as the catalog describes it.
 *
 * @param name as the catalog spells it
 * @param type its type
 * @param nullable whether it takes NULL
 * @param generated whether the database computes it, so that nobody may write it
 */
public record Column(String name, ColumnType type, boolean nullable, boolean generated) {

  public Column {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
  }
}
