package dev.tidemark.connect.mysql;

import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.table.TableShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What hangs on a table of MySQL or MariaDB: foreign keys and triggers. */
final class MysqlDependents {

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
          .formatted("CONCAT('''', REPLACE(CURRENT_USER(), '@', '''@'''), '''')");

  private static final String REFERENCED =
      "SELECT 1 FROM information_schema.innodb_foreign WHERE ref_name = CONCAT(?, '/', ?)";

  /**
   * MariaDB lists the names that InnoDB's files have: {@code a-b} is {@code a@002db} there, and
   * {@code con} is {@code con@@@}. Letter case is the catalog's or all lower.
   */
  private static final String REFERENCED_IN_MARIADB =
      """
      SELECT 1 FROM information_schema.innodb_sys_foreign
       WHERE REPLACE(ref_name, '@@@', '')
             = REPLACE(
                 CONVERT(
                   CONCAT(
                     CONVERT(CONVERT(? USING filename) USING binary),
                     '/',
                     CONVERT(CONVERT(? USING filename) USING binary))
                   USING utf8mb3),
                 '@@@', '') COLLATE utf8mb3_general_ci""";

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
    if (referenced(session, server, table).isEmpty()) {
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
    return referenced(session, server, table).orElse(true);
  }

  /**
   * InnoDB's own list has all foreign keys, and takes a right to look at; empty for who has it not.
   */
  private static Optional<Boolean> referenced(
      Connection session, DatabaseType server, TableShape table) throws SQLException {
    String listed = server == DatabaseType.MARIADB ? REFERENCED_IN_MARIADB : REFERENCED;
    try {
      return Optional.of(exists(session, listed, table.schema(), table.name()));
    } catch (SQLException e) {
      if (Failures.classify(e) == ErrorCode.ACCESS_DENIED) {
        return Optional.empty();
      }
      throw e;
    }
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
