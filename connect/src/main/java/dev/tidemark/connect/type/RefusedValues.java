package dev.tidemark.connect.type;

import dev.tidemark.connect.configuration.DatabaseType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Values that a type has and another has not. Databases tell of them when they are loaded, so they
 * are never bent; here they are named before.
 */
final class RefusedValues {

  private static final long MOST = (1L << 32) - 1;

  private RefusedValues() {}

  /** The values, in words; empty when the target takes all. */
  static String of(ColumnType source, ColumnType target) {
    List<String> values = new ArrayList<>();
    boolean fromPostgres = !source.isOfMysql();
    boolean toPostgres = !target.isOfMysql();
    if (fromPostgres && !toPostgres) {
      values.addAll(intoMysql(source, target));
    }
    if (!fromPostgres && toPostgres) {
      values.addAll(intoPostgres(source, target));
    }
    int room = target.length();
    boolean narrower =
        room > 0 && (source.length() == 0 || source.length() > room) && !target.isBits();
    if (narrower && target.kind() == ColumnKind.TEXT && source.kind() == ColumnKind.TEXT) {
      values.add("texts of more than " + room + " characters");
    }
    if (narrower && target.kind() == ColumnKind.BYTES && source.kind() == ColumnKind.BYTES) {
      values.add("values of more than " + room + " bytes");
    }
    values.addAll(longer(source, target));
    if (target.kind() == ColumnKind.DECIMAL
        && target.precision() > 0
        && !isWhole(target)
        && !(fromPostgres && !toPostgres && source.kind() == ColumnKind.DECIMAL)
        && digits(source) > target.precision() - target.scale()) {
      values.add(
          "numbers of more than %d digits before the point"
              .formatted(target.precision() - target.scale()));
    }
    if (isWhole(source) && isWhole(target) && rank(source) > rank(target)) {
      values.add("numbers beyond the range of " + target.nativeName());
    }
    if (target.nativeName().contains("unsigned") && !source.nativeName().contains("unsigned")) {
      values.add("negative numbers");
    }
    return String.join(", ", values);
  }

  /** Of types that say how many bytes they hold by their names. */
  private static List<String> longer(ColumnType source, ColumnType target) {
    long room = LargeTypes.room(target);
    boolean alike =
        source.kind() == target.kind()
            && (source.kind() == ColumnKind.TEXT || source.kind() == ColumnKind.BYTES);
    // Nobody sends a value of four gigabytes.
    boolean refuses =
        alike && !source.isListed() && room > 0 && room < MOST && LargeTypes.longest(source) > room;
    String values = source.kind() == ColumnKind.TEXT ? "texts" : "values";
    return refuses
        ? List.of(String.format(Locale.ROOT, "%s of more than %,d bytes", values, room))
        : List.of();
  }

  private static List<String> intoMysql(ColumnType source, ColumnType target) {
    return switch (source.kind()) {
      case DECIMAL ->
          target.kind() != ColumnKind.DECIMAL || source.nativeName().equals("money")
              ? List.of()
              : source.precision() == 0
                  ? List.of("NaN and infinity", beyond(target))
                  : source.precision() > target.precision() || source.scale() > target.scale()
                      ? List.of("NaN", beyond(target))
                      : List.of("NaN");
      case FLOAT32, FLOAT64 ->
          target.kind() == ColumnKind.TEXT ? List.of() : List.of("NaN and infinity");
      case DATE, TIMESTAMP, TIMESTAMPTZ ->
          target.kind() == ColumnKind.TEXT
              ? List.of()
              : target.family().equals("timestamp")
                  ? List.of("infinity, years before 1970 and after 2038")
                  : List.of("infinity, years before our era and after 9999");
      case BOOLEAN, INT16, INT32, INT64, TEXT, BYTES, TIME, UUID, JSON, OTHER, UNSUPPORTED ->
          List.of();
    };
  }

  private static String beyond(ColumnType target) {
    return "numbers of more than "
        + (target.precision() - target.scale())
        + " digits before the point or "
        + target.scale()
        + " behind it";
  }

  private static List<String> intoPostgres(ColumnType source, ColumnType target) {
    return switch (source.kind()) {
      case DATE, TIMESTAMP, TIMESTAMPTZ ->
          target.kind() == ColumnKind.TEXT
              ? List.of()
              : List.of("zero dates, and dates with year, month or day zero");
      case TIME ->
          target.kind() == ColumnKind.TIME
              ? List.of("times below zero and beyond 24 hours")
              : List.of();
      case TEXT -> source.isListed() ? List.of() : List.of("texts with a NUL character");
      case JSON ->
          target.nativeName().equals("jsonb")
              ? List.of("documents with a NUL character")
              : List.of();
      case BOOLEAN,
          INT16,
          INT32,
          INT64,
          DECIMAL,
          FLOAT32,
          FLOAT64,
          BYTES,
          UUID,
          OTHER,
          UNSUPPORTED ->
          List.of();
    };
  }

  /** Digits before the point that a number may have; 0 for all other types. */
  private static int digits(ColumnType type) {
    return switch (type.kind()) {
      case DECIMAL -> type.precision() == 0 ? Integer.MAX_VALUE : type.precision() - type.scale();
      case INT16 -> rank(type) == 8 ? 3 : 5;
      case INT32 -> rank(type) == 24 ? 8 : 10;
      case INT64 -> 19;
      case BOOLEAN,
          FLOAT32,
          FLOAT64,
          TEXT,
          BYTES,
          DATE,
          TIME,
          TIMESTAMP,
          TIMESTAMPTZ,
          UUID,
          JSON,
          OTHER,
          UNSUPPORTED ->
          0;
    };
  }

  private static boolean isWhole(ColumnType type) {
    return rank(type) > 0;
  }

  /** Bits of a whole number; 0 for all other types. */
  private static int rank(ColumnType type) {
    return switch (type.kind()) {
      case BOOLEAN -> type.isOf(DatabaseType.POSTGRESQL) || type.family().equals("bit") ? 1 : 0;
      case INT16 -> type.family().equals("tinyint") ? 8 : 16;
      case INT32 -> type.family().equals("mediumint") ? 24 : 32;
      case INT64 -> 64;
      case DECIMAL -> type.scale() == 0 && type.precision() > 0 ? type.precision() * 4 : 0;
      case FLOAT32,
          FLOAT64,
          TEXT,
          BYTES,
          DATE,
          TIME,
          TIMESTAMP,
          TIMESTAMPTZ,
          UUID,
          JSON,
          OTHER,
          UNSUPPORTED ->
          0;
    };
  }
}
