package dev.tidemark.connect.table;

import dev.tidemark.connect.configuration.DatabaseType;
import org.jspecify.annotations.Nullable;

/** Why a column can take no value of another, whatever one might be ready to lose. */
final class Obstacle {

  private Obstacle() {}

  /** The reason, in words; null when there is none. */
  static @Nullable String of(ColumnType source, ColumnType target) {
    if (source.kind() == ColumnKind.UNSUPPORTED) {
      return "has no text that another database would read";
    }
    if (target.kind() == ColumnKind.UNSUPPORTED) {
      return "is of a type that Tidemark cannot write";
    }
    if (source.kind() == ColumnKind.BYTES && target.kind() != ColumnKind.BYTES) {
      return "its bytes";
    }
    if (target.nativeName().equals("money") && target.isOf(DatabaseType.POSTGRESQL)) {
      return "the target's locale decides where the point is";
    }
    if (source.isBits()) {
      return bits(source, target);
    }
    boolean number =
        switch (source.kind()) {
          case INT16, INT32, INT64, DECIMAL, FLOAT32, FLOAT64 -> true;
          case BOOLEAN,
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
              false;
        };
    return number && target.isBits() && target.isOf(DatabaseType.POSTGRESQL)
        ? "its digits are not binary"
        : null;
  }

  private static @Nullable String bits(ColumnType source, ColumnType target) {
    return switch (target.kind()) {
      case TEXT, OTHER -> null;
      case BOOLEAN -> source.length() == 1 ? null : "its digits are binary";
      case INT16,
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
          UUID,
          JSON,
          UNSUPPORTED ->
          "its digits are binary";
    };
  }
}
