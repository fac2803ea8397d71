package dev.tidemark.connect.table;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tables of PostgreSQL that Tidemark creates. */
final class PostgresTables {

  private PostgresTables() {}

  static String create(PostgresDialect dialect, String schema, TableMapping mapping) {
    Stream<String> constants =
        mapping.constants().keySet().stream().map(name -> dialect.quote(name) + " text NOT NULL");
    Stream<String> columns =
        mapping.columns().stream()
            .map(
                column ->
                    dialect.quote(column.target())
                        + " "
                        + dialect.created(mapping, column).nativeName()
                        + (column.source().nullable() ? "" : " NOT NULL"));
    return "CREATE TABLE IF NOT EXISTS "
        + dialect.quote(schema, mapping.targetTable())
        + " ("
        + Stream.concat(constants, columns).collect(Collectors.joining(", "))
        + ", PRIMARY KEY ("
        + mapping.targetKey().stream().map(dialect::quote).collect(Collectors.joining(", "))
        + "))";
  }
}
