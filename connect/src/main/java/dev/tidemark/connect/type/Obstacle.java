package dev.tidemark.connect.type;

import dev.tidemark.connect.configuration.DatabaseType;
import org.jspecify.annotations.Nullable;

/** Why a column can take no value of another, whatever one might be ready to lose. */
final class Obstacle {

  private Obstacle() {}

  /** The reason, in words; null when there is none. */
  static @Nullable String of(ColumnType source, ColumnType target) {
    if (source.kind() == ColumnKind.UNSUPPORTED) {
      return "its values, which have no text that another database would read,";
    }
    if (target.nativeName().equals("money") && target.isOf(DatabaseType.POSTGRESQL)) {
      return "its point, whose place the target's locale decides,";
    }
    boolean boolOfOneBit = target.kind() == ColumnKind.BOOLEAN && source.length() == 1;
    if (source.isBits() && !target.isBits() && target.kind() != ColumnKind.TEXT && !boolOfOneBit) {
      return "its binary digits";
    }
    return hasPlace(source, target) ? null : "what its values mean";
  }

  /** Whether the target can mean the same; if not, a load might take one thing for another. */
  private static boolean hasPlace(ColumnType source, ColumnType target) {
    return switch (target.kind()) {
      case TEXT -> source.kind() != ColumnKind.BYTES;
      case BYTES -> source.kind() == ColumnKind.BYTES;
      case BOOLEAN, INT16, INT32, INT64, DECIMAL, FLOAT32, FLOAT64 ->
          isNumber(source) || isSpelled(source);
      case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> isClock(source, target) || isSpelled(source);
      case UUID -> source.kind() == ColumnKind.UUID || isSpelled(source);
      case JSON ->
          target.isArray()
              ? source.isArray() || isSpelled(source)
              : isDocument(source, target) || isSpelled(source);
      case OTHER ->
          isSpelled(source)
              || (source.kind() == ColumnKind.TIME && target.family().equals("interval"))
              || (source.kind() == ColumnKind.BOOLEAN && target.isBits() && target.length() == 1);
      case UNSUPPORTED -> false;
    };
  }

  /** Arrays become JSON on their way to other databases only; some of their texts look like it. */
  private static boolean isDocument(ColumnType source, ColumnType target) {
    return source.kind() == ColumnKind.JSON && !(source.isArray() && !target.isOfMysql());
  }

  private static boolean isSpelled(ColumnType source) {
    return source.kind() == ColumnKind.TEXT || source.kind() == ColumnKind.OTHER;
  }

  private static boolean isNumber(ColumnType type) {
    return switch (type.kind()) {
      case BOOLEAN, INT16, INT32, INT64, DECIMAL, FLOAT32, FLOAT64 -> true;
      case TEXT, BYTES, DATE, TIME, TIMESTAMP, TIMESTAMPTZ, UUID, JSON, OTHER, UNSUPPORTED -> false;
    };
  }

  private static boolean isClock(ColumnType source, ColumnType target) {
    return switch (source.kind()) {
      case TIMESTAMP, TIMESTAMPTZ -> true;
      case DATE -> target.kind() != ColumnKind.TIME;
      case TIME -> target.kind() == ColumnKind.TIME;
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
          false;
    };
  }
}
