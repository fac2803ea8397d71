package dev.tidemark.workflows.table;

import java.util.Objects;

/**
 * One table of one source: the identity of a table within a batch.
 *
 * @param connection name of the source connection in the configuration
 * @param schema schema (PostgreSQL) or database (MySQL, MariaDB) of the table
 * @param table name as the catalog spells it
 */
public record TableId(String connection, String schema, String table)
    implements Comparable<TableId> {

  public TableId {
    Objects.requireNonNull(connection, "connection");
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(table, "table");
  }

  @Override
  public int compareTo(TableId other) {
    int byConnection = connection.compareTo(other.connection);
    if (byConnection != 0) {
      return byConnection;
    }
    int bySchema = schema.compareTo(other.schema);
    return bySchema != 0 ? bySchema : table.compareTo(other.table);
  }

  /**
   * {@code connection.schema.table}, as people read and type it; without a schema that is empty.
   */
  @Override
  public String toString() {
    return connection + "." + (schema.isEmpty() ? "" : schema + ".") + table;
  }
}
