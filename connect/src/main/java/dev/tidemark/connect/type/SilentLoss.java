package dev.tidemark.connect.type;

import dev.tidemark.connect.configuration.DatabaseType;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a database would drop from a value without a word when its column is narrower than the
 * source's. Whatever databases warn of is found while loading.
 */
final class SilentLoss {

  private static final Set<String> REWRITING = Set.of("year", "enum", "set");

  /** Of which an interval of PostgreSQL may keep some, from the largest. */
  private static final List<String> UNITS =
      List.of("year", "month", "day", "hour", "minute", "second");

  private static final int SECOND = UNITS.size() - 1;

  private SilentLoss() {}

  /** What would be lost, in words; null when nothing. */
  static @Nullable String of(ColumnType source, ColumnType target) {
    if (rewrites(target) && !keepsTheSpelling(source, target)) {
      return "the spelling";
    }
    if (target.kind() == ColumnKind.JSON && !target.isArray()) {
      return document(source, target);
    }
    if (target.nativeName().equals("oid") && !source.nativeName().equals("oid")) {
      return "what is beyond 32 bits";
    }
    if (target.zeros() > source.zeros()) {
      // PostgreSQL rounds 12345 to 12300.
      return "digits";
    }
    if (source.isBits() || target.isBits()) {
      return bits(source, target);
    }
    if (target.isArray()) {
      boolean same = source.nativeName().equals(target.nativeName());
      return same || (source.isArray() && target.nativeName().equals("text[]"))
          ? null
          : "the spelling";
    }
    return switch (source.kind()) {
      case DECIMAL -> decimal(source, target);
      case FLOAT32, FLOAT64 -> floating(source, target);
      case INT32, INT64 ->
          target.kind() == ColumnKind.FLOAT32
                  || (source.kind() == ColumnKind.INT64 && target.kind() == ColumnKind.FLOAT64)
              ? "digits"
              : null;
      case TIME -> time(source, target);
      case TIMESTAMP, TIMESTAMPTZ -> timestamp(source, target);
      case BYTES -> bytes(source, target);
      case TEXT -> text(source, target);
      case OTHER -> other(source, target);
      case BOOLEAN, INT16, DATE, UUID, JSON, UNSUPPORTED -> null;
    };
  }

  /** MySQL takes other spellings of the values of these types for them: 99 for 1999, a,A for a. */
  private static boolean rewrites(ColumnType target) {
    return REWRITING.contains(target.family());
  }

  private static boolean keepsTheSpelling(ColumnType source, ColumnType target) {
    return target.isListed()
        ? Members.areAllIn(source, target)
        : source.family().equals(target.family());
  }

  /** MySQL's json and jsonb keep what a document means, not how it is written. */
  private static @Nullable String document(ColumnType source, ColumnType target) {
    boolean fromMysql = source.isOf(DatabaseType.MYSQL) && source.kind() == ColumnKind.JSON;
    boolean ordered = fromMysql || source.isArray() || source.nativeName().equals("jsonb");
    if (target.isOf(DatabaseType.MYSQL)) {
      return fromMysql
          ? null
          : ordered
              ? "digits of long numbers"
              : "digits of long numbers, duplicate keys, order and blanks";
    }
    return target.nativeName().equals("jsonb") && !ordered
        ? "duplicate keys, order and blanks"
        : null;
  }

  private static @Nullable String bits(ColumnType source, ColumnType target) {
    if (target.kind() == ColumnKind.TEXT || target.kind() == ColumnKind.BOOLEAN) {
      return null;
    }
    if (!source.isBits()) {
      return source.kind() == ColumnKind.TEXT && target.isOfMysql() ? "the spelling" : null;
    }
    boolean varying = target.nativeName().startsWith("bit varying");
    return varying
            || (target.length() == source.length() && !source.nativeName().contains("varying"))
        ? null
        : "its length";
  }

  private static @Nullable String other(ColumnType source, ColumnType target) {
    if (source.nativeName().endsWith("with time zone") && target.kind() == ColumnKind.TIME) {
      // PostgreSQL takes the one for the other, and drops the zone.
      return "the time zone";
    }
    boolean address = source.isOfMysql() && target.nativeName().equals("inet");
    boolean same = source.server() == target.server() && source.family().equals(target.family());
    if (same) {
      return time(source, target);
    }
    return target.kind() == ColumnKind.TEXT || address ? null : "the spelling";
  }

  /** Of a time or an interval in another; null for all other types, which have no fractions. */
  private static @Nullable String time(ColumnType source, ColumnType target) {
    if (target.kind() == ColumnKind.TEXT) {
      return null;
    }
    if (smallest(target) < smallest(source)) {
      return "smaller units";
    }
    return smallest(source) == SECOND ? fraction(source, target) : null;
  }

  /** The last of the units that a type keeps; an {@code interval day to hour} has no minutes. */
  private static int smallest(ColumnType type) {
    if (!type.family().equals("interval")) {
      return SECOND;
    }
    String name = type.nativeName().replaceFirst("\\(.*", "");
    int unit = UNITS.indexOf(name.substring(name.lastIndexOf(' ') + 1));
    return unit < 0 ? SECOND : unit;
  }

  /** MySQL rounds 1.5 to 2 without a word, and every database reads 007 as 7. */
  private static @Nullable String text(ColumnType source, ColumnType target) {
    if (target.dropsBlanks() && !source.dropsBlanks() && !rewrites(source)) {
      return "blanks at the end";
    }
    return switch (target.kind()) {
      case TEXT, UUID, JSON -> null;
      case OTHER -> target.nativeName().equals("citext") ? null : "the spelling";
      case BOOLEAN,
          INT16,
          INT32,
          INT64,
          DECIMAL,
          FLOAT32,
          FLOAT64,
          BYTES,
          DATE,
          TIME,
          TIMESTAMP,
          TIMESTAMPTZ,
          UNSUPPORTED ->
          "the spelling";
    };
  }

  private static @Nullable String decimal(ColumnType source, ColumnType target) {
    boolean whole = source.precision() > 0 && source.scale() == 0;
    return switch (target.kind()) {
      case FLOAT32, FLOAT64 -> "digits";
      case INT16, INT32, INT64, BOOLEAN -> whole ? null : "fractions";
      // Without a precision the source may have any scale; MySQL's widest decimal warns of more.
      case DECIMAL ->
          target.precision() > 0
                  && (source.precision() == 0
                      ? target.scale() < 30 || target.isOf(DatabaseType.POSTGRESQL)
                      : target.scale() < source.scale() && !isWidest(target))
              ? "fractions"
              : null;
      case TEXT, BYTES, DATE, TIME, TIMESTAMP, TIMESTAMPTZ, UUID, JSON, OTHER, UNSUPPORTED -> null;
    };
  }

  private static boolean isWidest(ColumnType target) {
    return target.isOfMysql() && target.scale() == 30;
  }

  private static @Nullable String floating(ColumnType source, ColumnType target) {
    return switch (target.kind()) {
      case INT16, INT32, INT64, BOOLEAN, DECIMAL -> "digits";
      case FLOAT32 ->
          source.kind() == ColumnKind.FLOAT64 || rounds(source, target) ? "digits" : null;
      case FLOAT64 -> rounds(source, target) ? "digits" : null;
      case TEXT, BYTES, DATE, TIME, TIMESTAMP, TIMESTAMPTZ, UUID, JSON, OTHER, UNSUPPORTED -> null;
    };
  }

  /** MySQL's double(10,2) keeps two digits behind the point. */
  private static boolean rounds(ColumnType source, ColumnType target) {
    return target.isOfMysql()
        && target.nativeName().indexOf(',') >= 0
        && !source.nativeName().equals(target.nativeName());
  }

  private static @Nullable String timestamp(ColumnType source, ColumnType target) {
    return switch (target.kind()) {
      case TIMESTAMP, TIMESTAMPTZ -> fraction(source, target);
      case DATE -> "the time of day";
      case TIME -> "the date";
      case BOOLEAN,
          INT16,
          INT32,
          INT64,
          DECIMAL,
          FLOAT32,
          FLOAT64,
          TEXT,
          BYTES,
          UUID,
          JSON,
          OTHER,
          UNSUPPORTED ->
          null;
    };
  }

  private static @Nullable String bytes(ColumnType source, ColumnType target) {
    if (target.kind() != ColumnKind.BYTES) {
      return "its bytes";
    }
    boolean padded =
        target.family().equals("binary")
            && !(source.family().equals("binary") && source.length() == target.length());
    return padded ? "its length" : null;
  }

  private static @Nullable String fraction(ColumnType source, ColumnType target) {
    return target.precision() < source.precision() ? "fractions of seconds" : null;
  }
}
