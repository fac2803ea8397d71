package dev.tidemark.connect.type;

import dev.tidemark.connect.configuration.DatabaseType;
import java.util.Set;

/** The types of PostgreSQL: what the catalog's names mean, and which ones hold what. */
public final class PostgresTypes {

  /** PostgreSQL prints values of these, and takes none. */
  private static final Set<String> ONLY_PRINTED =
      Set.of(
          "gtsvector",
          "pg_brin_bloom_summary",
          "pg_brin_minmax_multi_summary",
          "pg_dependencies",
          "pg_mcv_list",
          "pg_ndistinct",
          "pg_node_tree");

  private PostgresTypes() {}

  /**
   * A type of the catalog.
   *
   * @param name of the type, or of the type beneath a domain
   * @param spelled with its modifier
   * @param modifier counts from 4 where the type has a length; numeric packs two numbers
   * @param category of the type; {@code A} for arrays
   * @param builtIn whether every database has it
   */
  public static ColumnType of(
      String name, String spelled, int modifier, String category, boolean builtIn) {
    ColumnType type =
        switch (name) {
          case "bool" -> ColumnType.of(ColumnKind.BOOLEAN, spelled);
          case "int2" -> ColumnType.of(ColumnKind.INT16, spelled);
          case "int4" -> ColumnType.of(ColumnKind.INT32, spelled);
          case "int8", "oid" -> ColumnType.of(ColumnKind.INT64, spelled);
          case "numeric" -> numeric(spelled, modifier);
          // Its text depends on the server's locale; as a number it does not.
          case "money" -> ColumnType.exact(ColumnKind.DECIMAL, 19, 2, spelled);
          case "float4" -> ColumnType.of(ColumnKind.FLOAT32, spelled);
          case "float8" -> ColumnType.of(ColumnKind.FLOAT64, spelled);
          case "text", "name" -> ColumnType.of(ColumnKind.TEXT, spelled);
          case "varchar", "bpchar" ->
              ColumnType.sized(ColumnKind.TEXT, modifier < 4 ? 0 : modifier - 4, spelled);
          case "bytea" -> ColumnType.of(ColumnKind.BYTES, spelled);
          case "bit", "varbit" ->
              ColumnType.sized(ColumnKind.OTHER, Math.max(0, modifier), spelled);
          case "date" -> ColumnType.of(ColumnKind.DATE, spelled);
          case "time" -> ColumnType.exact(ColumnKind.TIME, fraction(modifier), 0, spelled);
          case "timestamp" ->
              ColumnType.exact(ColumnKind.TIMESTAMP, fraction(modifier), 0, spelled);
          case "timestamptz" ->
              ColumnType.exact(ColumnKind.TIMESTAMPTZ, fraction(modifier), 0, spelled);
          case "timetz" -> ColumnType.exact(ColumnKind.OTHER, fraction(modifier), 0, spelled);
          case "interval" -> ColumnType.exact(ColumnKind.OTHER, part(modifier), 0, spelled);
          case "uuid" -> ColumnType.of(ColumnKind.UUID, spelled);
          case "json", "jsonb" -> ColumnType.of(ColumnKind.JSON, spelled);
          default ->
              ColumnType.of(category.equals("A") ? ColumnKind.JSON : ColumnKind.OTHER, spelled);
        };
    return builtIn ? type.on(DatabaseType.POSTGRESQL) : type;
  }

  private static ColumnType numeric(String spelled, int modifier) {
    if (modifier < 4) {
      return ColumnType.of(ColumnKind.DECIMAL, spelled);
    }
    int packed = modifier - 4;
    int precision = packed >> 16 & 0xffff;
    int scale = ((packed & 0x7ff) ^ 1024) - 1024;
    return scale < 0
        ? ColumnType.exact(ColumnKind.DECIMAL, precision - scale, 0, spelled)
        : ColumnType.exact(ColumnKind.DECIMAL, Math.max(precision, scale), scale, spelled);
  }

  private static int fraction(int modifier) {
    return modifier < 0 ? 6 : modifier;
  }

  /** The fractional digits of an interval, beside which stands which units it keeps. */
  private static int part(int modifier) {
    int digits = modifier & 0xffff;
    return modifier < 0 || digits == 0xffff ? 6 : digits;
  }

  /** The type of a column in a table that Tidemark creates. */
  public static ColumnType created(ColumnType source) {
    ColumnType type =
        source.isOf(DatabaseType.POSTGRESQL)
                && !source.nativeName().equals("money")
                && !ONLY_PRINTED.contains(source.nativeName())
            ? source
            : switch (source.kind()) {
              case BOOLEAN -> ColumnType.of(ColumnKind.BOOLEAN, "boolean");
              case INT16 -> ColumnType.of(ColumnKind.INT16, "smallint");
              case INT32 -> ColumnType.of(ColumnKind.INT32, "integer");
              case INT64 -> ColumnType.of(ColumnKind.INT64, "bigint");
              case DECIMAL -> decimal(source);
              case FLOAT32 -> ColumnType.of(ColumnKind.FLOAT32, "real");
              case FLOAT64 -> ColumnType.of(ColumnKind.FLOAT64, "double precision");
              case TEXT ->
                  source.length() == 0
                      ? ColumnType.of(ColumnKind.TEXT, "text")
                      : ColumnType.sized(
                          ColumnKind.TEXT, source.length(), "varchar(" + source.length() + ")");
              case BYTES -> ColumnType.of(ColumnKind.BYTES, "bytea");
              case DATE -> ColumnType.of(ColumnKind.DATE, "date");
              case TIME -> timed(source, "time");
              case TIMESTAMP -> timed(source, "timestamp");
              case TIMESTAMPTZ -> timed(source, "timestamptz");
              case UUID -> ColumnType.of(ColumnKind.UUID, "uuid");
              // Not jsonb: that keeps neither the spelling nor NUL characters.
              case JSON -> ColumnType.of(ColumnKind.JSON, source.isArray() ? "text[]" : "json");
              case OTHER, UNSUPPORTED -> other(source);
            };
    return type.on(DatabaseType.POSTGRESQL);
  }

  private static ColumnType decimal(ColumnType source) {
    return source.precision() == 0
        ? ColumnType.of(ColumnKind.DECIMAL, "numeric")
        : ColumnType.exact(
            ColumnKind.DECIMAL,
            source.precision(),
            source.scale(),
            "numeric(" + source.precision() + "," + source.scale() + ")");
  }

  private static ColumnType timed(ColumnType source, String name) {
    return ColumnType.exact(
        source.kind(), source.precision(), 0, name + "(" + source.precision() + ")");
  }

  private static ColumnType other(ColumnType source) {
    if (source.isBits() && source.length() > 0) {
      return ColumnType.sized(ColumnKind.OTHER, source.length(), "bit(" + source.length() + ")");
    }
    return source.isOfMysql() && source.family().startsWith("inet")
        ? ColumnType.of(ColumnKind.OTHER, "inet")
        : ColumnType.of(ColumnKind.TEXT, "text");
  }
}
