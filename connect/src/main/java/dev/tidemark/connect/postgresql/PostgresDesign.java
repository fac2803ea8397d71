package dev.tidemark.connect.postgresql;

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
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads comments, defaults and indexes out of PostgreSQL's catalogs. */
final class PostgresDesign {

  private static final String COLUMNS =
      """
      SELECT a.attname, coalesce(pg_catalog.col_description(a.attrelid, a.attnum), ''),
             CASE WHEN a.attidentity <> '' THEN 'identity'
                  WHEN a.attgenerated = '' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END,
             coalesce(pg_catalog.obj_description(a.attrelid, 'pg_class'), '')
        FROM pg_catalog.pg_attribute a
        LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
       WHERE a.attrelid = ?::regclass AND a.attnum > 0 AND NOT a.attisdropped""";

  private static final String INDEXES =
      """
      SELECT c.relname, i.indisunique, a.attname, (i.indoption[p.place - 1] & 1) = 1,
             m.amname = 'btree' AND i.indpred IS NULL AND i.indexprs IS NULL
               AND NOT i.indisexclusion
               AND NOT coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false)
        FROM pg_catalog.pg_index i
        JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
        JOIN pg_catalog.pg_am m ON m.oid = c.relam
       CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS p (attnum, place)
        LEFT JOIN pg_catalog.pg_attribute a
          ON a.attrelid = i.indrelid AND a.attnum = p.attnum AND p.attnum > 0
       WHERE i.indrelid = ?::regclass AND NOT i.indisprimary AND i.indisvalid
         AND p.place <= i.indnkeyatts
       ORDER BY c.relname, p.place""";

  private static final Pattern TEXT = Pattern.compile("(?s)'((?:[^']|'')*)'(?:::[^']+)?");
  private static final Pattern ESCAPED =
      Pattern.compile("(?s)E'((?:[^'\\\\]|''|\\\\\\\\)*)'(?:::[^']+)?");
  private static final Pattern NUMBER =
      Pattern.compile("\\(?(-?[0-9]+(?:\\.[0-9]+)?)\\)?(?:::[a-z ]+(?:\\([0-9, ]+\\))?)?");
  private static final Pattern NOW =
      Pattern.compile(
          "now\\(\\)|transaction_timestamp\\(\\)|CURRENT_DATE"
              + "|(?:CURRENT|LOCAL)_?TIMESTAMP(?:\\([0-6]\\))?");

  private PostgresDesign() {}

  static TableDesign of(Connection session, PostgresDialect dialect, TableShape table)
      throws SQLException {
    String name = dialect.quote(table.schema(), table.name());
    String comment = "";
    Map<String, String> comments = new HashMap<>();
    Map<String, ColumnDefault> defaults = new HashMap<>();
    try (PreparedStatement query = session.prepareStatement(COLUMNS)) {
      query.setString(1, name);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          String column = row.getString(1);
          comment = row.getString(4);
          if (!row.getString(2).isEmpty()) {
            comments.put(column, row.getString(2));
          }
          String expression = row.getString(3);
          if (expression != null) {
            meaning(expression).ifPresent(meaning -> defaults.put(column, meaning));
          }
        }
      }
    }
    List<String> leftOut = new ArrayList<>();
    return new TableDesign(comment, comments, defaults, indexes(session, name, leftOut), leftOut);
  }

  private static List<TableIndex> indexes(Connection session, String table, List<String> leftOut)
      throws SQLException {
    Map<String, TableIndex> indexes = new LinkedHashMap<>();
    try (PreparedStatement query = session.prepareStatement(INDEXES)) {
      query.setString(1, table);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          String name = row.getString(1);
          String column = row.getString(3);
          if (!row.getBoolean(5) || column == null) {
            if (!leftOut.contains("index " + name)) {
              leftOut.add("index " + name);
            }
            continue;
          }
          List<TableIndex.Part> parts = new ArrayList<>();
          if (indexes.containsKey(name)) {
            parts.addAll(indexes.get(name).parts());
          }
          parts.add(new TableIndex.Part(column, 0, row.getBoolean(4)));
          indexes.put(name, new TableIndex(name, row.getBoolean(2), parts));
        }
      }
    }
    return List.copyOf(indexes.values());
  }

  /** What an expression of the catalog means; empty when it is no default at all. */
  static Optional<ColumnDefault> meaning(String expression) {
    if (expression.startsWith("NULL")) {
      return Optional.empty();
    }
    if (expression.equals("true") || expression.equals("false")) {
      return Optional.of(new ColumnDefault.Constant(expression.equals("true") ? "1" : "0"));
    }
    Matcher text = TEXT.matcher(expression);
    if (text.matches()) {
      return Optional.of(new ColumnDefault.Constant(text.group(1).replace("''", "'")));
    }
    Matcher escaped = ESCAPED.matcher(expression);
    if (escaped.matches()) {
      String value = escaped.group(1).replace("''", "'").replace("\\\\", "\\");
      return Optional.of(new ColumnDefault.Constant(value));
    }
    Matcher number = NUMBER.matcher(expression);
    if (number.matches()) {
      return Optional.of(new ColumnDefault.Constant(number.group(1)));
    }
    return Optional.of(
        NOW.matcher(expression).matches()
            ? new ColumnDefault.Now()
            : new ColumnDefault.Foreign(expression));
  }
}
