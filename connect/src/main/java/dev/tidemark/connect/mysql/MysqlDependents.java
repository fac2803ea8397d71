package dev.tidemark.connect.mysql;

import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.table.TableShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What hangs on a table of MySQL or MariaDB: foreign keys and triggers. */
final class MysqlDependents {

  /** The user as the information schema lists its rights. */
  static final String GRANTEE = "CONCAT('''', REPLACE(CURRENT_USER(), '@', '''@'''), '''')";

  private static final String FOREIGN_KEYS =
      """
      SELECT 1 FROM information_schema.key_column_usage
       WHERE referenced_table_name IS NOT NULL
         AND ((table_schema = ? AND table_name = ?)
              OR (referenced_table_schema = ? AND referenced_table_name = ?))""";

  private static final String TRIGGERS =
      """
      SELECT 1 FROM information_schema.triggers
       WHERE event_object_schema = ? AND event_object_table = ?""";

  /** Whether the user has a right on all of a table; not by a role. */
  private static final String HOLDS =
      """
      SELECT 1 FROM information_schema.user_privileges
       WHERE grantee = %1$s AND privilege_type = ?
      UNION ALL
      SELECT 1 FROM information_schema.schema_privileges
       WHERE grantee = %1$s AND privilege_type = ? AND ? LIKE table_schema
      UNION ALL
      SELECT 1 FROM information_schema.table_privileges
       WHERE grantee = %1$s AND privilege_type = ? AND table_schema = ? AND table_name = ?"""
          .formatted(GRANTEE);

  private MysqlDependents() {}

  /**
   * Views and rights go by a table's name, foreign keys and triggers do not. What the user may not
   * see may be there.
   */
  static boolean standsAlone(Connection session, DatabaseType server, TableShape table)
      throws SQLException {
    return (seesTriggers(session, table) || asksForNoRights(session))
        && !isReferenced(session, server, table)
        && hasNothingOfItsOwn(session, table);
  }

  /**
   * Whether no trigger and no foreign key of the server does anything when a row is deleted, and
   * each of its columns is seen.
   */
  static boolean deletesGoUnnoticed(Connection session, DatabaseType server, TableShape table)
      throws SQLException {
    boolean seesAll = seesTriggers(session, table) && seesColumns(session, table);
    return (seesAll || asksForNoRights(session))
        && isInnodb(session, table)
        && !isReferenced(session, server, table)
        && !hasTriggers(session, table);
  }

  /**
   * Rights without which {@link #deletesGoUnnoticed} is false whatever hangs on the table, since
   * the user may not see it.
   */
  static List<String> lackedToSee(Connection session, DatabaseType server, TableShape table)
      throws SQLException {
    List<String> lacked = new ArrayList<>();
    if (asksForNoRights(session)) {
      return lacked;
    }
    for (String right : List.of("SELECT", "TRIGGER")) {
      if (!holds(session, right, table)) {
        lacked.add(right);
      }
    }
    if (MysqlReferences.referenced(session, server, table).isEmpty()) {
      lacked.add("PROCESS");
    }
    return lacked;
  }

  /**
   * A server without grant tables shows everything to everybody; others list a user's own rights.
   */
  private static boolean asksForNoRights(Connection session) throws SQLException {
    return !exists(session, "SELECT 1 FROM information_schema.user_privileges LIMIT 1");
  }

  /** Foreign keys of other engines are in no list of InnoDB's. */
  private static boolean isInnodb(Connection session, TableShape table) throws SQLException {
    return MysqlCatalog.engine(session, table).filter("InnoDB"::equalsIgnoreCase).isPresent();
  }

  private static boolean hasTriggers(Connection session, TableShape table) throws SQLException {
    return exists(session, TRIGGERS, table.schema(), table.name());
  }

  /** The information schema hides triggers of tables of others. */
  private static boolean seesTriggers(Connection session, TableShape table) throws SQLException {
    return holds(session, "TRIGGER", table);
  }

  /** The information schema hides columns to which the user has no right. */
  private static boolean seesColumns(Connection session, TableShape table) throws SQLException {
    return holds(session, "SELECT", table);
  }

  private static boolean holds(Connection session, String privilege, TableShape table)
      throws SQLException {
    String schema = table.schema();
    return exists(session, HOLDS, privilege, privilege, schema, privilege, schema, table.name());
  }

  private static boolean isReferenced(Connection session, DatabaseType server, TableShape table)
      throws SQLException {
    return MysqlReferences.referenced(session, server, table).orElse(true);
  }

  private static boolean hasNothingOfItsOwn(Connection session, TableShape table)
      throws SQLException {
    String schema = table.schema();
    String name = table.name();
    return !exists(session, FOREIGN_KEYS, schema, name, schema, name)
        && !hasTriggers(session, table);
  }

  private static boolean exists(Connection session, String query, String... values)
      throws SQLException {
    try (PreparedStatement statement = session.prepareStatement(query)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }
}
