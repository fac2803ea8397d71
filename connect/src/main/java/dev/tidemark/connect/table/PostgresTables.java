package dev.tidemark.connect.table;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which types of PostgreSQL hold what a source has, without loss. */
final class PostgresTables {

  /** Types without a kind of their own that every PostgreSQL has, so that a copy can keep them. */
  private static final Set<String> BUILT_IN =
      Set.of(
          "interval",
          "inet",
          "cidr",
          "macaddr",
          "macaddr8",
          "money",
          "xml",
          "tsvector",
          "tsquery",
          "point",
          "line",
          "lseg",
          "box",
          "path",
          "polygon",
          "circle",
          "int4range",
          "int8range",
          "numrange",
          "tsrange",
          "tstzrange",
          "daterange",
          "pg_lsn");

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
                        + type(column.source().type())
                        + (column.source().nullable() ? "" : " NOT NULL"));
    return "CREATE TABLE IF NOT EXISTS "
        + dialect.quote(schema, mapping.targetTable())
        + " ("
        + Stream.concat(constants, columns).collect(Collectors.joining(", "))
        + mapping.primaryKey(dialect)
        + ")";
  }

  private static String type(ColumnType type) {
    return switch (type.kind()) {
      case BOOLEAN -> "boolean";
      case INT16 -> "smallint";
      case INT32 -> "integer";
      case INT64 -> "bigint";
      case DECIMAL ->
          type.precision() == 0
              ? "numeric"
              : "numeric(" + type.precision() + "," + type.scale() + ")";
      case FLOAT32 -> "real";
      case FLOAT64 -> "double precision";
      case TEXT -> type.length() == 0 ? "text" : "varchar(" + type.length() + ")";
      case BYTES -> "bytea";
      case DATE -> "date";
      case TIME -> "time(" + type.precision() + ")";
      case TIMESTAMP -> "timestamp(" + type.precision() + ")";
      case TIMESTAMPTZ -> "timestamptz(" + type.precision() + ")";
      case UUID -> "uuid";
      case JSON ->
          type.nativeName().matches("json|jsonb|[a-z0-9 ]+\\[]") ? type.nativeName() : "jsonb";
      case OTHER, UNSUPPORTED -> BUILT_IN.contains(type.nativeName()) ? type.nativeName() : "text";
    };
  }
}
