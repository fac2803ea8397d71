package dev.tidemark.connect.postgresql;

import dev.tidemark.connect.statement.DefaultClause;
import dev.tidemark.connect.table.Column;
import dev.tidemark.connect.table.MappedColumn;
import dev.tidemark.connect.table.TableDesign;
import dev.tidemark.connect.table.TableIndex;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.connect.type.ColumnType;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tables of PostgreSQL that Tidemark creates. */
final class PostgresTables {

  private static final int NAME_BYTES = 63;

  private static final String UNFINISHED =
      """
      SELECT 1
        FROM pg_catalog.pg_index i
        JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
       WHERE i.indrelid = ?::regclass AND c.relname = ? AND NOT i.indisvalid""";

  /** Of a column that has another one than its type. */
  private static final String COLLATION =
      """
      SELECT n.nspname, l.collname
        FROM pg_catalog.pg_attribute a
        JOIN pg_catalog.pg_type t ON t.oid = a.atttypid AND t.typcollation <> a.attcollation
        JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation
        JOIN pg_catalog.pg_namespace n ON n.oid = l.collnamespace
       WHERE a.attrelid = ?::regclass AND a.attname = ?""";

  private PostgresTables() {}

  static List<String> create(
      PostgresDialect dialect, String schema, TableMapping mapping, TableDesign design) {
    String table = dialect.quote(schema, mapping.targetTable());
    Stream<String> constants =
        mapping.constants().keySet().stream().map(name -> dialect.quote(name) + " text NOT NULL");
    Stream<String> columns =
        mapping.columns().stream().map(column -> column(dialect, mapping, column, design));
    List<String> statements = new ArrayList<>();
    statements.add(
        "CREATE TABLE IF NOT EXISTS "
            + table
            + " ("
            + Stream.concat(constants, columns).collect(Collectors.joining(", "))
            + mapping.primaryKey(dialect)
            + ")");
    if (!design.comment().isEmpty()) {
      statements.add("COMMENT ON TABLE " + table + " IS " + dialect.literal(design.comment()));
    }
    for (MappedColumn column : mapping.columns()) {
      String comment = design.comments().getOrDefault(column.source().name(), "");
      if (!comment.isEmpty()) {
        statements.add(
            "COMMENT ON COLUMN "
                + table
                + "."
                + dialect.quote(column.target())
                + " IS "
                + dialect.literal(comment));
      }
    }
    return statements;
  }

  private static String column(
      PostgresDialect dialect, TableMapping mapping, MappedColumn column, TableDesign design) {
    Column source = column.source();
    ColumnType type = dialect.created(mapping, column);
    String value =
        Optional.ofNullable(design.defaults().get(source.name()))
            .filter(ignored -> column.cast() == null)
            .flatMap(meant -> DefaultClause.postgres(dialect, meant, source.type(), type))
            .map(" DEFAULT "::concat)
            .orElse("");
    return dialect.quote(column.target())
        + " "
        + type.nativeName()
        + (source.nullable() ? "" : " NOT NULL")
        + value;
  }

  static String addColumn(
      PostgresDialect dialect, TableShape target, TableMapping mapping, MappedColumn column) {
    return "ALTER TABLE "
        + dialect.quote(target.schema(), target.name())
        + " ADD COLUMN IF NOT EXISTS "
        + dialect.quote(column.target())
        + " "
        + dialect.created(mapping, column).nativeName();
  }

  /** There are no prefixes, and json has no order. */
  static Optional<TableIndex> fitted(TableShape target, TableIndex index) {
    boolean possible =
        index.parts().stream()
            .allMatch(
                part ->
                    part.prefix() == 0
                        && target
                            .column(part.column())
                            .filter(column -> !column.type().nativeName().equals("json"))
                            .isPresent());
    return possible ? Optional.of(index) : Optional.empty();
  }

  /** By a name made of table and columns: names are of the whole schema here. */
  static String addIndex(
      PostgresDialect dialect, TableShape target, TableIndex index, boolean shared) {
    return "CREATE "
        + (index.unique() ? "UNIQUE " : "")
        + "INDEX "
        + (shared ? "CONCURRENTLY " : "")
        + dialect.quote(indexName(target, index))
        + " ON "
        + dialect.quote(target.schema(), target.name())
        + index.parts().stream()
            .map(part -> dialect.quote(part.column()) + (part.descending() ? " DESC" : ""))
            .collect(Collectors.joining(", ", " (", ")"));
  }

  private static String indexName(TableShape target, TableIndex index) {
    String columns =
        index.parts().stream().map(TableIndex.Part::column).collect(Collectors.joining("_"));
    String suffix = index.unique() ? "_key" : "_idx";
    return cut(target.name() + "_" + columns, NAME_BYTES - suffix.length()) + suffix;
  }

  /** An index that was made concurrently, and not to its end, stays there and serves nobody. */
  static void removeUnfinished(
      Connection session, PostgresDialect dialect, TableShape target, TableIndex index)
      throws SQLException {
    String name = indexName(target, index);
    boolean unfinished;
    try (PreparedStatement query = session.prepareStatement(UNFINISHED)) {
      query.setString(1, dialect.quote(target.schema(), target.name()));
      query.setString(2, name);
      try (ResultSet row = query.executeQuery()) {
        unfinished = row.next();
      }
    }
    if (unfinished) {
      try (Statement statement = session.createStatement()) {
        statement.execute("DROP INDEX CONCURRENTLY " + dialect.quote(target.schema(), name));
      }
    }
  }

  /** With the collation that the column has: without one, it would get that of the new type. */
  static String widen(
      Connection session,
      PostgresDialect dialect,
      TableShape target,
      Column column,
      ColumnType wider)
      throws SQLException {
    String table = dialect.quote(target.schema(), target.name());
    String collation = "";
    try (PreparedStatement query = session.prepareStatement(COLLATION)) {
      query.setString(1, table);
      query.setString(2, column.name());
      try (ResultSet row = query.executeQuery()) {
        if (row.next()) {
          collation = " COLLATE " + dialect.quote(row.getString(1), row.getString(2));
        }
      }
    }
    return "ALTER TABLE "
        + table
        + " ALTER COLUMN "
        + dialect.quote(column.name())
        + " TYPE "
        + wider.nativeName()
        + collation;
  }

  private static String cut(String name, int bytes) {
    String cut = name;
    while (cut.getBytes(StandardCharsets.UTF_8).length > bytes) {
      cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
    }
    return cut;
  }
}
