package dev.tidemark.connect.postgresql;

import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.type.ColumnKind;
import dev.tidemark.connect.type.ColumnType;

/** How PostgreSQL spells the values of a column in lines and in comparisons. */
final class PostgresSpelling {

  /** Two to the 600th; as {@code MysqlSpelling} says. */
  private static final String LIFT = "4.149515568880993e180::float8";

  private static final String SMALL = "1e-100::float8";

  /** What MySQL prints of a JSON document, and jsonb would print in another way, or not take. */
  private static final String UNLIKE_JSONB = "'[0-9][eE][-+0-9]|\\\\u0000'";

  private PostgresSpelling() {}

  static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  static String literal(String text) {
    return text.indexOf('\\') < 0
        ? "'" + text.replace("'", "''") + "'"
        : " E'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  /**
   * An expression of the column's text in a line.
   *
   * @param hex whether bytes are digits without {@code \x}
   * @param foreign whether the line is for another kind of database
   */
  static String inLines(String name, ColumnType type, boolean hex, boolean foreign) {
    return switch (type.kind()) {
      case BOOLEAN -> name + "::int";
      case TIMESTAMPTZ -> "(" + name + " AT TIME ZONE 'UTC')";
      case BYTES -> hex ? "encode(" + name + ", 'hex')" : name;
      case JSON -> foreign && type.isArray() ? arrayAsJson(name) : name;
      case DECIMAL -> isMoney(type) ? name + "::numeric" : name;
      // Blanks at the end mean nothing, and a text would keep them.
      case TEXT -> type.dropsBlanks() ? name + "::text" : name;
      case INT16, INT32, INT64, FLOAT32, FLOAT64, DATE, TIME, TIMESTAMP, UUID, OTHER, UNSUPPORTED ->
          name;
    };
  }

  private static boolean isMoney(ColumnType type) {
    return type.nativeName().equals("money");
  }

  /** JSON has no bounds: an array that does not begin at 1 becomes its own text. */
  private static String arrayAsJson(String name) {
    return "CASE WHEN array_dims("
        + name
        + ") ~ '\\[(?!1:)' THEN to_json("
        + name
        + "::text) ELSE to_json("
        + name
        + ") END";
  }

  /** See {@link Dialect#canonical}. */
  static String canonical(String name, ColumnType type, ColumnType other) {
    String value = compared(name, type, other);
    return value.equals(name) ? name + "::text" : "(" + value + ")::text";
  }

  /** What prints as {@link #canonical}, whatever its type. */
  static String compared(String name, ColumnType type, ColumnType other) {
    ColumnKind there = other.kind();
    boolean asText = there == ColumnKind.TEXT;
    return switch (type.kind()) {
      case BOOLEAN -> isFloat(there) ? floating(name + "::int::float8") : name + "::int";
      case INT16, INT32, INT64 -> isFloat(there) ? floating(name + "::float8") : name;
      case DECIMAL -> {
        String number = isMoney(type) ? name + "::numeric" : name;
        yield isFloat(there)
            ? floating(number + "::float8")
            : asText || type.hasScaleOf(other) ? number : "trim_scale(" + number + ")";
      }
      case FLOAT32 ->
          asText
              ? name
              // To a double it travels as its shortest text.
              : floating(there == ColumnKind.FLOAT32 ? name + "::float8" : name + "::text::float8");
      case FLOAT64 -> asText ? name : floating(name);
      case BYTES -> "encode(" + name + ", 'hex')";
      // Dates and times as their ISO style prints them: to_char takes twice the time.
      case DATE -> isTimestamp(there) ? name + "::timestamp" : name;
      case TIME -> there == ColumnKind.OTHER ? microseconds(name) : name;
      case TIMESTAMP -> name;
      case TIMESTAMPTZ -> name + " AT TIME ZONE 'UTC'";
      case JSON -> json(type, name, other);
      case TEXT ->
          there == ColumnKind.UUID
              ? "lower(" + name + "::text)"
              // Blanks at the end mean nothing, and concat would print them.
              : type.dropsBlanks() ? name + "::text" : name;
      case UUID -> name;
      // As COPY prints it: a cast of inet to text adds the netmask. A row of NULLs is not NULL.
      case OTHER, UNSUPPORTED ->
          there == ColumnKind.TIME && type.family().equals("interval")
              ? microseconds(name)
              : "CASE WHEN " + name + " IS DISTINCT FROM NULL THEN format('%s', " + name + ") END";
    };
  }

  private static String microseconds(String name) {
    return "(extract(epoch FROM " + name + ") * 1000000)::bigint::text";
  }

  private static boolean isFloat(ColumnKind kind) {
    return kind == ColumnKind.FLOAT32 || kind == ColumnKind.FLOAT64;
  }

  private static boolean isTimestamp(ColumnKind kind) {
    return kind == ColumnKind.TIMESTAMP || kind == ColumnKind.TIMESTAMPTZ;
  }

  /** As {@code MysqlSpelling}, which has to compute what can be read here. */
  private static String floating(String value) {
    String positive = "abs(" + value + ")";
    return "CASE WHEN "
        + value
        + " = 0 THEN '0' ELSE CASE WHEN "
        + value
        + " < 0 THEN '-' ELSE '' END || CASE WHEN "
        + positive
        + " < "
        + SMALL
        + " THEN 's' || "
        + bitsOf("(" + positive + " * " + LIFT + ")")
        + " ELSE "
        + bitsOf(positive)
        + " END END";
  }

  private static String bitsOf(String positive) {
    return "('x' || encode(float8send(" + positive + "), 'hex'))::bit(64)::bigint::text";
  }

  /**
   * MySQL keeps JSON in a form of its own, which jsonb's text form agrees with but for numbers with
   * an exponent; others keep the text.
   */
  private static String json(ColumnType type, String name, ColumnType other) {
    if (other.isOf(DatabaseType.POSTGRESQL)
        || other.isArray()
        || (type.server() == null && other.server() == null)) {
      return name + "::text";
    }
    boolean binary = other.isOf(DatabaseType.MYSQL) && other.kind() == ColumnKind.JSON;
    if (type.isArray()) {
      String json = arrayAsJson(name);
      return binary ? "(" + json + ")::jsonb::text" : "(" + json + ")::text";
    }
    return binary && type.nativeName().equals("json")
        ? "CASE WHEN "
            + name
            + "::text ~ "
            + UNLIKE_JSONB
            + " THEN "
            + name
            + "::text ELSE "
            + name
            + "::jsonb::text END"
        : name + "::text";
  }
}
