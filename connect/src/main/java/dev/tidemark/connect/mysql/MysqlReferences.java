package dev.tidemark.connect.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Foreign keys of MySQL and MariaDB by which tables refer to another one. */
final class MysqlReferences {

  private static final String CASCADES =
      """
      SELECT concat(constraint_name, ' of ', table_name)
        FROM information_schema.referential_constraints
       WHERE delete_rule IN ('CASCADE', 'SET NULL', 'SET DEFAULT')
         AND unique_constraint_schema = ? AND referenced_table_name = ?
         AND (constraint_schema <> unique_constraint_schema OR table_name <> referenced_table_name)
       ORDER BY 1 LIMIT 1""";

  private MysqlReferences() {}

  /** A foreign key by which deletes go on to another table, and that table. */
  static Optional<String> cascade(Connection session, String schema, String table)
      throws SQLException {
    try (PreparedStatement query = session.prepareStatement(CASCADES)) {
      query.setString(1, schema);
      query.setString(2, table);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }
}
