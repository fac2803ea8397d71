package dev.tidemark.connect.catalog;

import java.util.Objects;

/**
 * Where a table is, in its catalogs' own spelling.
 *
 * @param connection name of the connection
 * @param schema schema or database; empty where that is not known
 */
public record TablePath(String connection, String schema, String table) {

  public TablePath {
    Objects.requireNonNull(connection, "connection");
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(table, "table");
  }

  /** The table alone, so that it can be typed as a {@link TablePattern}. */
  public String name() {
    return TablePattern.spelled(table);
  }

  /** {@code schema.table}, so that it can be typed. */
  public String nameWithSchema() {
    return schema.isEmpty() ? name() : TablePattern.spelled(schema) + "." + name();
  }

  /** {@code connection.schema.table}, so that it can be typed. */
  @Override
  public String toString() {
    return connection + "." + nameWithSchema();
  }
}
