package dev.tidemark.connect.table;

import dev.tidemark.connect.type.ColumnType;
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
 * @param ordering by what it orders texts or uuids; the same for columns that order them alike,
 *     empty where that cannot be told
 * @param counts whether the database counts on where a row brings NULL, by {@code AUTO_INCREMENT}
 */
public record Column(
    String name,
    ColumnType type,
    boolean nullable,
    boolean generated,
    String folding,
    String ordering,
    boolean counts) {

  /** The ordering of a column that compares the bytes of UTF-8, or of a uuid. */
  public static final String BY_BYTES = "bytes";

  public Column {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(folding, "folding");
    Objects.requireNonNull(ordering, "ordering");
  }

  /** A column that does not count. */
  public Column(
      String name,
      ColumnType type,
      boolean nullable,
      boolean generated,
      String folding,
      String ordering) {
    this(name, type, nullable, generated, folding, ordering, false);
  }

  /** A column of which nobody knows the ordering. */
  public Column(String name, ColumnType type, boolean nullable, boolean generated, String folding) {
    this(name, type, nullable, generated, folding, "");
  }

  /** A column that tells all texts apart. */
  public Column(String name, ColumnType type, boolean nullable, boolean generated) {
    this(name, type, nullable, generated, "");
  }
}
