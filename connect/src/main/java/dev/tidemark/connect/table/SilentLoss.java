package dev.tidemark.connect.table;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a database would drop from a value without a word when its column is narrower than the
 * source's. Whatever databases warn of is found while loading.
 */
final class SilentLoss {

  private static final Set<String> REWRITING = Set.of("year", "enum", "set");

  private SilentLoss() {}

  /** What would be lost, in words; null when nothing. */
  static @Nullable String of(ColumnType source, ColumnType target) {
    if (rewrites(target) && !family(source).equals(family(target))) {
      return "the spelling";
    }
    return switch (source.kind()) {
      case DECIMAL -> decimal(source, target);
      case FLOAT32, FLOAT64 -> floating(source, target);
      case INT32, INT64 ->
          target.kind() == ColumnKind.FLOAT32
                  || (source.kind() == ColumnKind.INT64 && target.kind() == ColumnKind.FLOAT64)
              ? "digits"
              : null;
      case TIME -> target.kind() == ColumnKind.TIME ? fraction(source, target) : null;
      case TIMESTAMP, TIMESTAMPTZ -> timestamp(source, target);
      case BYTES -> bytes(source, target);
      case TEXT -> text(target);
      case BOOLEAN, INT16, DATE, UUID, JSON, OTHER, UNSUPPORTED -> null;
    };
  }

  /** MySQL takes other spellings of the values of these types for them: 99 for 1999, a,A for a. */
  private static boolean rewrites(ColumnType target) {
    return REWRITING.contains(family(target));
  }

  private static String family(ColumnType type) {
    int end = type.nativeName().indexOf('(');
    return end < 0 ? type.nativeName() : type.nativeName().substring(0, end);
  }

  /** MySQL rounds 1.5 to 2 without a word, and every database reads 007 as 7. */
  private static @Nullable String text(ColumnType target) {
    return switch (target.kind()) {
      case BOOLEAN, INT16, INT32, INT64, DECIMAL, FLOAT32, FLOAT64 -> "the spelling";
      case TEXT, BYTES, DATE, TIME, TIMESTAMP, TIMESTAMPTZ, UUID, JSON, OTHER, UNSUPPORTED -> null;
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
                      ? target.scale() < 30
                      : target.scale() < source.scale())
              ? "fractions"
              : null;
      case TEXT, BYTES, DATE, TIME, TIMESTAMP, TIMESTAMPTZ, UUID, JSON, OTHER, UNSUPPORTED -> null;
    };
  }

  private static @Nullable String floating(ColumnType source, ColumnType target) {
    return switch (target.kind()) {
      case INT16, INT32, INT64, BOOLEAN, DECIMAL -> "digits";
      case FLOAT32 -> source.kind() == ColumnKind.FLOAT64 ? "digits" : null;
      case FLOAT64,
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
          null;
    };
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
        target.nativeName().startsWith("binary")
            && !(source.nativeName().startsWith("binary") && source.length() == target.length());
    return padded ? "its length" : null;
  }

  private static @Nullable String fraction(ColumnType source, ColumnType target) {
    return target.precision() < source.precision() ? "fractions of seconds" : null;
  }
}
