package dev.tidemark.connect.mysql;

import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.table.ColumnDefault;
import dev.tidemark.connect.table.TableDesign;
import dev.tidemark.connect.table.TableIndex;
import dev.tidemark.connect.table.TableShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads comments, defaults and indexes out of the information schema of MySQL and MariaDB. */
final class MysqlDesign {

  private static final String COMMENT =
      """
      SELECT table_comment FROM information_schema.tables
       WHERE table_schema = ? AND table_name = ? AND table_type <> 'VIEW'""";

  private static final String COLUMNS =
      """
      SELECT column_name, column_comment, column_default, extra
        FROM information_schema.columns
       WHERE table_schema = ? AND table_name = ?""";

  private static final String INDEXES =
      """
      SELECT index_name, non_unique, column_name, coalesce(sub_part, 0), collation = 'D',
             index_type IN ('BTREE', 'HASH')
        FROM information_schema.statistics
       WHERE table_schema = ? AND table_name = ? AND index_name <> 'PRIMARY'
       ORDER BY index_name, seq_in_index""";

  private static final Pattern NOW =
      Pattern.compile("(?:current_timestamp|now|curdate)(?:\\([0-6]?\\))?|current_date(?:\\(\\))?");
  private static final Pattern BITS = Pattern.compile("b'([01]+)'");

  /** A text in parentheses, as MySQL gives it back. */
  private static final Pattern TEXT = Pattern.compile("_[a-z0-9]+\\\\?'([^'\\\\]*)\\\\?'");

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(?:\\.[0-9]+)?");

  private MysqlDesign() {}

  static TableDesign of(Connection session, DatabaseType server, TableShape table)
      throws SQLException {
    Map<String, String> comments = new HashMap<>();
    Map<String, ColumnDefault> defaults = new HashMap<>();
    List<String> leftOut = new ArrayList<>();
    try (PreparedStatement query = prepared(session, COLUMNS, table);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        String column = row.getString(1);
        String extra = row.getString(4).toLowerCase(Locale.ROOT);
        if (!row.getString(2).isEmpty()) {
          comments.put(column, row.getString(2));
        }
        if (extra.contains("on update")) {
          leftOut.add("ON UPDATE of column " + column);
        }
        meaning(server, row.getString(3), extra)
            .ifPresent(meaning -> defaults.put(column, meaning));
      }
    }
    List<TableIndex> indexes = indexes(session, table, leftOut);
    return new TableDesign(comment(session, table), comments, defaults, indexes, leftOut);
  }

  private static PreparedStatement prepared(Connection session, String sql, TableShape table)
      throws SQLException {
    PreparedStatement query = session.prepareStatement(sql);
    query.setString(1, table.schema());
    query.setString(2, table.name());
    return query;
  }

  private static String comment(Connection session, TableShape table) throws SQLException {
    try (PreparedStatement query = prepared(session, COMMENT, table);
        ResultSet row = query.executeQuery()) {
      return row.next() ? row.getString(1) : "";
    }
  }

  private static List<TableIndex> indexes(
      Connection session, TableShape table, List<String> leftOut) throws SQLException {
    Map<String, TableIndex> indexes = new LinkedHashMap<>();
    try (PreparedStatement query = prepared(session, INDEXES, table);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        String name = row.getString(1);
        String column = row.getString(3);
        if (!row.getBoolean(6) || column == null || leftOut.contains("index " + name)) {
          indexes.remove(name);
          if (!leftOut.contains("index " + name)) {
            leftOut.add("index " + name);
          }
          continue;
        }
        List<TableIndex.Part> parts = new ArrayList<>();
        if (indexes.containsKey(name)) {
          parts.addAll(indexes.get(name).parts());
        }
        parts.add(new TableIndex.Part(column, row.getInt(4), row.getBoolean(5)));
        indexes.put(name, new TableIndex(name, !row.getBoolean(2), parts));
      }
    }
    return List.copyOf(indexes.values());
  }

  /** MySQL gives a constant as it is, MariaDB as one would write it. */
  static Optional<ColumnDefault> meaning(DatabaseType server, @Nullable String text, String extra) {
    if (extra.contains("auto_increment")) {
      return Optional.of(new ColumnDefault.Foreign("auto_increment"));
    }
    boolean mariaDb = server == DatabaseType.MARIADB;
    if (text == null || (mariaDb && text.equals("NULL"))) {
      return Optional.empty();
    }
    Matcher bits = BITS.matcher(text);
    if (bits.matches()) {
      return Optional.of(new ColumnDefault.Constant(bits.group(1)));
    }
    if (mariaDb && text.startsWith("'") && text.endsWith("'") && text.length() > 1) {
      String value = text.substring(1, text.length() - 1);
      return Optional.of(
          new ColumnDefault.Constant(value.replace("''", "'").replace("\\\\", "\\")));
    }
    boolean expression = mariaDb || extra.contains("default_generated");
    Matcher quoted = TEXT.matcher(text);
    if (expression && quoted.matches()) {
      return Optional.of(new ColumnDefault.Constant(quoted.group(1)));
    }
    if (!expression || NUMBER.matcher(text).matches()) {
      return Optional.of(new ColumnDefault.Constant(text));
    }
    return Optional.of(
        NOW.matcher(text.toLowerCase(Locale.ROOT)).matches()
            ? new ColumnDefault.Now()
            : new ColumnDefault.Foreign(text));
  }
}
