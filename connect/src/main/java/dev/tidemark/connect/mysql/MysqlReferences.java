package dev.tidemark.connect.mysql;

import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.table.TableShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Foreign keys by which tables of MySQL and MariaDB refer to another one. The information schema
 * shows those of tables on which the user has a right; InnoDB's own list has all, and takes a right
 * to look at. InnoDB asks nobody for a right when it carries deletes on.
 */
final class MysqlReferences {

  private static final String SEEN =
      """
      SELECT concat(constraint_name, ' of ', table_name)
        FROM information_schema.referential_constraints
       WHERE delete_rule IN ('CASCADE', 'SET NULL', 'SET DEFAULT')
         AND unique_constraint_schema = ? AND referenced_table_name = ?
         AND (constraint_schema <> unique_constraint_schema OR table_name <> referenced_table_name)
       ORDER BY 1 LIMIT 1""";

  private static final String LISTED =
      "SELECT concat(id, ' of ', for_name) FROM information_schema.innodb_foreign"
          + " WHERE ref_name = CONCAT(?, '/', ?)";

  /**
   * MariaDB lists the names that InnoDB's files have: {@code a-b} is {@code a@002db} there, and
   * {@code con} is {@code con@@@}. Letter case is the catalog's or all lower.
   */
  private static final String LISTED_IN_MARIADB =
      """
      SELECT concat(id, ' of ', for_name) FROM information_schema.innodb_sys_foreign
       WHERE REPLACE(ref_name, '@@@', '')
             = REPLACE(
                 CONVERT(
                   CONCAT(
                     CONVERT(CONVERT(? USING filename) USING binary),
                     '/',
                     CONVERT(CONVERT(? USING filename) USING binary))
                   USING utf8mb3),
                 '@@@', '') COLLATE utf8mb3_general_ci""";

  /** Of the bits of a key's type, 1 is ON DELETE CASCADE, and 2 is ON DELETE SET NULL. */
  private static final String CASCADING = " AND (type & 3) <> 0 AND for_name <> ref_name LIMIT 1";

  private static final String SEES_ALL_TABLES =
      """
      SELECT 'yes' FROM information_schema.user_privileges
       WHERE grantee = %s AND privilege_type = 'SELECT'"""
          .formatted(MysqlDependents.GRANTEE);

  private static final String LESS_SOME =
      "SHOW VARIABLES WHERE variable_name = 'partial_revokes' AND value = 'ON'";

  private MysqlReferences() {}

  /**
   * A foreign key by which deletes go on to another table, and that table.
   *
   * @throws SyncException ACCESS_DENIED where there may be one that the user does not see
   */
  static Optional<String> cascade(
      Connection session, DatabaseType server, String schema, String table) throws SQLException {
    Optional<String> seen = first(session, SEEN, schema, table);
    if (seen.isPresent()) {
      return seen;
    }
    try {
      return first(session, listed(server) + CASCADING, schema, table);
    } catch (SQLException e) {
      if (Failures.classify(e) != ErrorCode.ACCESS_DENIED) {
        throw e;
      }
      if (seesAllTables(session)) {
        return Optional.empty();
      }
      throw new SyncException(
          ErrorCode.ACCESS_DENIED,
          ("Table " + table + " cannot be replaced: a foreign key of another database might delete")
              + " or change rows there, and the user sees none of those without PROCESS.",
          Failures.remedy(ErrorCode.ACCESS_DENIED),
          e);
    }
  }

  /** Whether anything refers to a table; empty for a user who may not see InnoDB's list. */
  static Optional<Boolean> referenced(Connection session, DatabaseType server, TableShape table)
      throws SQLException {
    try {
      return Optional.of(
          first(session, listed(server) + " LIMIT 1", table.schema(), table.name()).isPresent());
    } catch (SQLException e) {
      if (Failures.classify(e) == ErrorCode.ACCESS_DENIED) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static String listed(DatabaseType server) {
    return server == DatabaseType.MARIADB ? LISTED_IN_MARIADB : LISTED;
  }

  /** With a right on everything; MySQL may take it away from single databases. */
  private static boolean seesAllTables(Connection session) throws SQLException {
    return first(session, SEES_ALL_TABLES).isPresent() && first(session, LESS_SOME).isEmpty();
  }

  private static Optional<String> first(Connection session, String query, String... values)
      throws SQLException {
    try (PreparedStatement statement = session.prepareStatement(query)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }
}
