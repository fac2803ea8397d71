package dev.tidemark.connect.mysql;

import dev.tidemark.connect.table.Column;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.type.ColumnKind;
import dev.tidemark.connect.type.ColumnType;
import dev.tidemark.connect.type.Conversion;
import dev.tidemark.connect.type.Fidelity;
import java.util.Optional;

/** How MySQL and MariaDB spell the values of a column in lines and in comparisons. */
final class MysqlSpelling {

  /** Numbers below are multiplied by it, which costs them no digit, so that none is denormal. */
  private static final String LIFT = "POW(2, 600)";

  private static final String SMALL = "1e-100";

  /** Two to the 52nd: a double's fraction has 52 bits. */
  private static final String FRACTION = "4503599627370496";

  /** Of a decimal that any cast holds. */
  private static final String FRACTION_DIGITS = "^-?[0-9]{1,35}[.][0-9]{1,30}$";

  private static final String TIMESTAMP =
      "^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,6})?$";

  private MysqlSpelling() {}

  static String quoted(String identifier) {
    return '`' + identifier.replace("`", "``") + '`';
  }

  static String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  /** The column's name, as an expression of a number where it would be bytes, or have zeros. */
  private static String number(String name, ColumnType type) {
    boolean disguised = type.family().equals("bit") || type.nativeName().contains("zerofill");
    return disguised ? "(" + name + " + 0)" : name;
  }

  /** An expression of the column's text in a line. */
  static String inLines(Column column) {
    return inLines(quoted(column.name()), column.type());
  }

  private static String inLines(String quoted, ColumnType type) {
    String name = number(quoted, type);
    return switch (type.kind()) {
      case BYTES -> "HEX(" + name + ")";
      // A FLOAT prints six digits; as a double it prints all that it holds.
      case FLOAT32 -> "(" + name + " * 1e0)";
      case BOOLEAN, INT16, INT32, INT64, DECIMAL, FLOAT64, DATE, TIME, TIMESTAMP, TIMESTAMPTZ ->
          name;
      case TEXT, UUID, JSON -> text(name);
      case OTHER, UNSUPPORTED -> type.isBits() ? bits(name, type) : text(name);
    };
  }

  private static String text(String name) {
    return "CONVERT(" + name + " USING utf8mb4)";
  }

  private static String bits(String name, ColumnType type) {
    return "LPAD(BIN(" + name + "), " + type.length() + ", '0')";
  }

  /**
   * What a line's field must become before it is stored; empty where it is taken as it stands.
   *
   * @param field the variable that takes it
   */
  static Optional<String> stored(ColumnType source, Column there, String field) {
    Optional<String> taken = taken(source, there.type(), field);
    // NULL would become the next number, or the time of the load, without a word: this is refused
    // by every server.
    return fillsIn(there) ? Optional.of("IFNULL(" + taken.orElse(field) + ", 'NULL')") : taken;
  }

  /** Whether the server stores what nobody wrote where a row brings NULL. */
  private static boolean fillsIn(Column there) {
    return there.counts() || (there.type().family().equals("timestamp") && !there.nullable());
  }

  private static Optional<String> taken(ColumnType source, ColumnType target, String field) {
    if (source.kind() == ColumnKind.BYTES) {
      return Optional.of("UNHEX(" + field + ")");
    }
    if (target.family().equals("bit")) {
      // A bit field takes texts for bytes.
      return Optional.of(
          "CAST(" + (source.isBits() ? "CONV(" + field + ", 2, 10)" : field) + " AS UNSIGNED)");
    }
    if (Conversion.of(source, target).fidelity() != Fidelity.LOSSY) {
      return Optional.empty();
    }
    return target.isListed()
        ? Optional.of(MysqlMembers.only(target, field))
        : cut(source, target, field);
  }

  /** As {@link #stored}, for a constant, which is a text. */
  static Optional<String> storedConstant(Column there, String field) {
    return there.type().isListed()
        ? Optional.of(MysqlMembers.only(there.type(), field))
        : Optional.empty();
  }

  /**
   * What is left of a value, where the server would note of each that something is lost: of very
   * many notes it lists only some. What is no such value is left to the server.
   */
  private static Optional<String> cut(ColumnType source, ColumnType target, String field) {
    if (target.kind() == ColumnKind.DECIMAL) {
      String cast = "CAST(" + field + " AS DECIMAL(65," + target.scale() + "))";
      return Optional.of(where(field, FRACTION_DIGITS, cast));
    }
    if (target.kind() == ColumnKind.DATE) {
      return Optional.of(where(field, TIMESTAMP, "CAST(" + field + " AS DATE)"));
    }
    if (target.kind() == ColumnKind.TIME && isTimestamp(source.kind())) {
      String cast = "CAST(" + field + " AS TIME(" + target.precision() + "))";
      return Optional.of(where(field, TIMESTAMP, cast));
    }
    return Optional.empty();
  }

  private static String where(String field, String pattern, String expression) {
    return "IF(" + field + " RLIKE '" + pattern + "', " + expression + ", " + field + ")";
  }

  /** See {@link Dialect#canonical}. */
  static String canonical(String quoted, ColumnType type, ColumnType other) {
    return "CAST(" + compared(quoted, type, other) + " AS CHAR)";
  }

  /** What prints as {@link #canonical}, whatever its type: a cast takes longer than a print. */
  static String compared(String quoted, ColumnType type, ColumnType other) {
    String name = number(quoted, type);
    ColumnKind there = other.kind();
    return switch (type.kind()) {
      case BOOLEAN, INT16, INT32, INT64 ->
          isFloat(there)
              ? floating("(" + name + " * 1e0)")
              : type.family().equals("year") ? "(" + name + " + 0)" : name;
      case DATE -> isTimestamp(there) ? trimmed("CAST(" + name + " AS DATETIME(6))") : name;
      case DECIMAL ->
          isFloat(there)
              ? floating("(" + name + " * 1e0)")
              : type.scale() == 0 || there == ColumnKind.TEXT || type.hasScaleOf(other)
                  ? name
                  : trimmed(name);
      case FLOAT32 -> {
        String whole = "(" + name + " * 1e0)";
        yield there == ColumnKind.TEXT ? whole : floating(whole);
      }
      case FLOAT64 -> there == ColumnKind.TEXT ? name : floating(name);
      case BYTES -> "LOWER(HEX(" + name + "))";
      case TIME -> there == ColumnKind.OTHER ? microseconds(name) : clock(name, type, there);
      case TIMESTAMP, TIMESTAMPTZ -> clock(name, type, there);
      case TEXT -> there == ColumnKind.UUID ? "LOWER(" + text(name) + ")" : text(name);
      case UUID, JSON -> text(name);
      case OTHER, UNSUPPORTED -> type.isBits() ? bits(name, type) : text(name);
    };
  }

  /** As PostgreSQL prints it; DATE_FORMAT takes longer than all three functions. */
  private static String clock(String name, ColumnType type, ColumnKind there) {
    return type.precision() == 0 || there == ColumnKind.TEXT ? name : trimmed(name);
  }

  private static String microseconds(String time) {
    String sign = "IF(" + time + " < 0, -1, 1)";
    String absolute = "ABS(TIME_TO_SEC(" + time + "))";
    return "CAST(CAST(FLOOR("
        + absolute
        + ") * 1000000 + MICROSECOND("
        + time
        + ") AS SIGNED) * "
        + sign
        + " AS CHAR)";
  }

  private static boolean isFloat(ColumnKind kind) {
    return kind == ColumnKind.FLOAT32 || kind == ColumnKind.FLOAT64;
  }

  private static boolean isTimestamp(ColumnKind kind) {
    return kind == ColumnKind.TIMESTAMP || kind == ColumnKind.TIMESTAMPTZ;
  }

  /**
   * Without zeros at the end of its fraction, which it has. In an encoding of single bytes, where
   * the end of a text can be looked at without the rest of it.
   */
  private static String trimmed(String value) {
    return ("TRIM(TRAILING _latin1'.' FROM TRIM(TRAILING _latin1'0' FROM CAST(" + value)
        + " AS CHAR CHARACTER SET latin1)))";
  }

  /**
   * The 64 bits of a double as a number, in front of them its sign and whether it was lifted: what
   * servers print of one double is not the same everywhere.
   */
  private static String floating(String value) {
    return "CASE WHEN "
        + value
        + " = 0 THEN '0' ELSE CONCAT(IF("
        + value
        + " < 0, '-', ''), IF(ABS("
        + value
        + ") < "
        + SMALL
        + ", CONCAT('s', "
        + bitsOf("(ABS(" + value + ") * " + LIFT + ")")
        + "), "
        + bitsOf("ABS(" + value + ")")
        + ")) END";
  }

  /** The logarithm may be off by one next to powers of two; the fraction says so, and mends it. */
  private static String bitsOf(String positive) {
    String exponent = "FLOOR(LOG2(" + positive + "))";
    String fraction = "(" + positive + " / POW(2, " + exponent + " - 52) - " + FRACTION + ")";
    return "(CAST("
        + exponent
        + " + 1023 AS SIGNED) * "
        + FRACTION
        + " + CAST("
        + fraction
        + " + LEAST("
        + fraction
        + ", 0e0) - GREATEST("
        + fraction
        + " - "
        + FRACTION
        + ", 0e0) / 2 AS SIGNED))";
  }
}
