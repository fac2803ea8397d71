package dev.tidemark.connect.target;

import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.table.TableShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which tables of a schema refer to which others of it by foreign keys. Names are in lower case,
 * since a server may not tell them apart.
 *
 * @param parents by table, those that it refers to; without itself
 */
public record ForeignKeys(Map<String, Set<String>> parents) {

  private static final String OF_POSTGRES =
      """
      SELECT DISTINCT child.relname, parent.relname
        FROM pg_catalog.pg_constraint k
        JOIN pg_catalog.pg_class child ON child.oid = k.conrelid
        JOIN pg_catalog.pg_class parent ON parent.oid = k.confrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = child.relnamespace
       WHERE k.contype = 'f' AND parent.relnamespace = n.oid AND n.nspname = ?""";

  private static final String OF_MYSQL =
      """
      SELECT DISTINCT table_name, referenced_table_name
        FROM information_schema.referential_constraints
       WHERE constraint_schema = ? AND unique_constraint_schema = constraint_schema""";

  private static final String TO_ITSELF_IN_POSTGRES =
      """
      SELECT 1
        FROM pg_catalog.pg_constraint k
        JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       WHERE k.contype = 'f' AND k.confrelid = k.conrelid AND n.nspname = ? AND c.relname = ?""";

  private static final String TO_ITSELF_IN_MYSQL =
      """
      SELECT 1
        FROM information_schema.referential_constraints
       WHERE unique_constraint_schema = constraint_schema AND referenced_table_name = table_name
         AND constraint_schema = ? AND table_name = ?""";

  public ForeignKeys {
    parents = Map.copyOf(parents);
  }

  /** Those of a schema, as far as the user may see them. */
  public static ForeignKeys of(Connection session, DatabaseType server, String schema)
      throws SQLException {
    Map<String, Set<String>> parents = new TreeMap<>();
    try (PreparedStatement query =
        session.prepareStatement(server == DatabaseType.POSTGRESQL ? OF_POSTGRES : OF_MYSQL)) {
      query.setString(1, schema);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          String child = row.getString(1).toLowerCase(Locale.ROOT);
          String parent = row.getString(2).toLowerCase(Locale.ROOT);
          if (!child.equals(parent)) {
            parents.computeIfAbsent(child, ignored -> new TreeSet<>()).add(parent);
          }
        }
      }
    }
    return new ForeignKeys(parents);
  }

  /** Whether rows of a table refer to others of it. */
  public static boolean refersToItself(Connection session, DatabaseType server, TableShape table)
      throws SQLException {
    try (PreparedStatement query =
        session.prepareStatement(
            server == DatabaseType.POSTGRESQL ? TO_ITSELF_IN_POSTGRES : TO_ITSELF_IN_MYSQL)) {
      query.setString(1, table.schema());
      query.setString(2, table.name());
      try (ResultSet row = query.executeQuery()) {
        return row.next();
      }
    }
  }

  /** By table, the parents that do not refer to it themselves, be it by way of others. */
  public Map<String, List<String>> order() {
    Map<String, List<String>> order = new TreeMap<>();
    parents.forEach(
        (child, referred) -> {
          List<String> before =
              referred.stream().filter(parent -> !refers(parent, child)).sorted().toList();
          if (!before.isEmpty()) {
            order.put(child, before);
          }
        });
    return order;
  }

  /** Tables that refer to themselves by way of others, in order, with those others. */
  public List<List<String>> circles() {
    return parents.keySet().stream()
        .filter(table -> refers(table, table))
        .map(this::circle)
        .distinct()
        .sorted(Comparator.comparing(List::getFirst))
        .toList();
  }

  private List<String> circle(String of) {
    return parents.keySet().stream()
        .filter(table -> refers(of, table) && refers(table, of))
        .sorted()
        .toList();
  }

  private boolean refers(String from, String to) {
    Set<String> seen = new HashSet<>();
    Deque<String> next = new ArrayDeque<>(List.of(from));
    while (!next.isEmpty()) {
      for (String parent : parents.getOrDefault(next.remove(), Set.of())) {
        if (parent.equals(to)) {
          return true;
        }
        if (seen.add(parent)) {
          next.add(parent);
        }
      }
    }
    return false;
  }
}
