package dev.tidemark.connect.target;

import dev.tidemark.connect.table.Column;
import dev.tidemark.connect.type.ColumnKind;
import dev.tidemark.connect.type.ColumnType;
import dev.tidemark.connect.type.Conversion;
import dev.tidemark.connect.type.Fidelity;
import dev.tidemark.connect.type.LargeTypes;
import dev.tidemark.connect.type.Members;
import java.util.List;
import java.util.Optional;

/**
 * When a column of a target may get a wider type: where it takes more of what comes, and every
 * value that it can hold now stays what it is.
 */
final class Widening {

  /** Decimal digits that whole numbers of so many bits may have. */
  private static final int[] DIGITS = {3, 5, 8, 10, 20};

  private static final List<String> WHOLE =
      List.of("tinyint", "smallint", "mediumint", "int", "bigint");

  private Widening() {}

  /**
   * The type to which a column is widened; empty when it need not be, or cannot be safely.
   *
   * @param source of the values
   * @param there the column as it is
   * @param created the type that it would get in a table that is made now
   */
  static Optional<ColumnType> of(ColumnType source, Column there, ColumnType created) {
    Conversion now = Conversion.of(source, there.type());
    Conversion then = Conversion.of(source, created);
    boolean better =
        then.fidelity() == Fidelity.EXACT
            && (now.fidelity() != Fidelity.EXACT || !now.refused().equals(then.refused()));
    return better && !there.generated() && isSafe(there.type(), created)
        ? Optional.of(created)
        : Optional.empty();
  }

  /** Whether a type of the same server holds every value of another, as the same value. */
  static boolean isSafe(ColumnType from, ColumnType to) {
    if (to.zeros() > from.zeros()) {
      return false;
    }
    return switch (from.kind()) {
      case INT16, INT32, INT64 -> whole(from, to);
      case DECIMAL -> from.nativeName().equals("money") ? false : decimal(from, to);
      case FLOAT32 -> to.kind() == ColumnKind.FLOAT64;
      case TEXT -> text(from, to);
      case BYTES -> bytes(from, to);
      case TIME, TIMESTAMP, TIMESTAMPTZ ->
          from.kind() == to.kind()
              && word(from).equals(word(to))
              && to.precision() >= from.precision();
      case BOOLEAN, FLOAT64, DATE, UUID, JSON, OTHER, UNSUPPORTED -> false;
    };
  }

  /** PostgreSQL calls {@code timestamp(3) without time zone} what MySQL calls by one word. */
  private static String word(ColumnType type) {
    return switch (type.kind()) {
      case TIME, TIMESTAMP, TIMESTAMPTZ -> type.isOfMysql() ? type.family() : "";
      case BOOLEAN,
          INT16,
          INT32,
          INT64,
          DECIMAL,
          FLOAT32,
          FLOAT64,
          TEXT,
          BYTES,
          DATE,
          UUID,
          JSON,
          OTHER,
          UNSUPPORTED ->
          type.family();
    };
  }

  private static int size(ColumnType type) {
    return switch (type.family()) {
      case "integer" -> WHOLE.indexOf("int");
      default -> WHOLE.indexOf(type.family());
    };
  }

  private static boolean isUnsigned(ColumnType type) {
    return type.nativeName().contains("unsigned");
  }

  private static boolean whole(ColumnType from, ColumnType to) {
    int size = size(from);
    if (size < 0) {
      return false;
    }
    if (to.kind() == ColumnKind.DECIMAL && size(to) < 0) {
      return !to.nativeName().equals("money") && !isUnsigned(to) && room(to) >= DIGITS[size];
    }
    if (isUnsigned(from)) {
      return isUnsigned(to) ? size(to) >= size : size(to) > size;
    }
    return !isUnsigned(to) && size(to) >= size;
  }

  /** Digits before the point. */
  private static int room(ColumnType decimal) {
    return decimal.precision() == 0 ? Integer.MAX_VALUE : decimal.precision() - decimal.scale();
  }

  private static boolean decimal(ColumnType from, ColumnType to) {
    if (size(from) >= 0) {
      // An unsigned bigint.
      return to.kind() == ColumnKind.DECIMAL && size(to) < 0 && room(to) >= 20;
    }
    boolean unbounded = to.precision() == 0;
    return to.kind() == ColumnKind.DECIMAL
        && size(to) < 0
        && !to.nativeName().equals("money")
        && isUnsigned(from) == isUnsigned(to)
        && (unbounded || from.precision() > 0)
        && (unbounded || (to.scale() >= from.scale() && room(to) >= room(from)));
  }

  /** Blanks at the end mean another thing in char, and characters of their own stay so. */
  private static boolean text(ColumnType from, ColumnType to) {
    if (to.kind() != ColumnKind.TEXT || from.dropsBlanks() || to.dropsBlanks()) {
      return false;
    }
    if (from.isListed()) {
      return Members.areAllIn(from, to);
    }
    if (from.isOfMysql()) {
      return !from.nativeName().contains(" ")
          && !to.nativeName().contains(" ")
          && room(from, "varchar") > 0
          && room(to, "varchar") >= room(from, "varchar");
    }
    boolean known =
        from.nativeName().startsWith("character varying") || from.nativeName().equals("text");
    return known && (to.length() == 0 || (from.length() > 0 && to.length() >= from.length()));
  }

  private static boolean bytes(ColumnType from, ColumnType to) {
    return to.kind() == ColumnKind.BYTES
        && from.isOfMysql()
        && room(from, "varbinary") > 0
        && room(to, "varbinary") >= room(from, "varbinary");
  }

  /** Bytes that a value may have; 0 for other types. */
  private static long room(ColumnType type, String sized) {
    return type.family().equals(sized) ? LargeTypes.longest(type) : LargeTypes.room(type);
  }
}
