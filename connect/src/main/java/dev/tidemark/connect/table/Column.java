package dev.tidemark.connect.table;

import java.util.Objects;

/**
 * A column as the catalog describes it.
 *
 * @param name as the catalog spells it
 * @param type its type
 * @param nullable whether it takes NULL
 * @param generated whether the database computes it, so that nobody may write it
 * @param folding by what it holds texts of different bytes for equal, such as a collation that
 *     ignores letter case; the same for columns that do it alike, empty where nothing does
 */
public record Column(
    String name, ColumnType type, boolean nullable, boolean generated, String folding) {

  public Column {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(folding, "folding");
  }

  /** A column that tells all texts apart. */
  public Column(String name, ColumnType type, boolean nullable, boolean generated) {
    this(name, type, nullable, generated, "");
  }
}
