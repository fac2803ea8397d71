package dev.tidemark.connect.table;

import java.util.Objects;

/**
 * A table in a catalog's list.
 *
 * @param schema schema or database
 * @param name as the catalog spells it
 * @param estimatedRows from the statistics, 0 when unknown
 */
public record TableEntry(String schema, String name, long estimatedRows) {

  public TableEntry {
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(name, "name");
  }
}
