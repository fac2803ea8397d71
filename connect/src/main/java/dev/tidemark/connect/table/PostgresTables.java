package dev.tidemark.connect.table;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tables of PostgreSQL that Tidemark creates. */
final class PostgresTables {

  private static final int NAME_BYTES = 63;

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
  static String addIndex(PostgresDialect dialect, TableShape target, TableIndex index) {
    String columns =
        index.parts().stream().map(TableIndex.Part::column).collect(Collectors.joining("_"));
    String suffix = index.unique() ? "_key" : "_idx";
    String name = target.name() + "_" + columns;
    return "CREATE "
        + (index.unique() ? "UNIQUE " : "")
        + "INDEX "
        + dialect.quote(cut(name, NAME_BYTES - suffix.length()) + suffix)
        + " ON "
        + dialect.quote(target.schema(), target.name())
        + index.parts().stream()
            .map(part -> dialect.quote(part.column()) + (part.descending() ? " DESC" : ""))
            .collect(Collectors.joining(", ", " (", ")"));
  }

  private static String cut(String name, int bytes) {
    String cut = name;
    while (cut.getBytes(StandardCharsets.UTF_8).length > bytes) {
      cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
    }
    return cut;
  }
}
