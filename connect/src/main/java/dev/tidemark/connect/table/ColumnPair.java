package dev.tidemark.connect.table;

import dev.tidemark.connect.type.ColumnKind;
import dev.tidemark.connect.type.ColumnType;
import java.util.Objects;

/**
 * A column and its counterpart on the other side, where it is this one's counterpart: both sides
 * decide alike how its values enter a fingerprint.
 */
public record ColumnPair(Column here, Column there) {

  public ColumnPair {
    Objects.requireNonNull(here, "here");
    Objects.requireNonNull(there, "there");
  }

  /** Whether both hold bytes. */
  public boolean bytes() {
    return here.type().kind() == ColumnKind.BYTES && there.type().kind() == ColumnKind.BYTES;
  }

  /**
   * Whether {@link Dialect#canonical} spells a value here otherwise than it is written, so that a
   * row is not found by it: floats by their bits, texts that are uuids in lower case, intervals and
   * times in microseconds.
   */
  public boolean respelled() {
    return isFloat(here)
        || isFloat(there)
        || (here.type().kind() == ColumnKind.TEXT
            && there.type().kind() == ColumnKind.UUID
            && !here.folding().endsWith("_ci"))
        || (isTime(here) && isTime(there) && here.type().kind() != there.type().kind());
  }

  private static boolean isFloat(Column column) {
    return column.type().kind() == ColumnKind.FLOAT32 || column.type().kind() == ColumnKind.FLOAT64;
  }

  private static boolean isTime(Column column) {
    return column.type().kind() == ColumnKind.TIME
        || (column.type().kind() == ColumnKind.OTHER && column.type().family().equals("interval"));
  }

  /** Whether a value may hold any character, so that only its length says where it ends. */
  public boolean framed() {
    return holdsAnything(here.type().kind()) || holdsAnything(there.type().kind());
  }

  private static boolean holdsAnything(ColumnKind kind) {
    return switch (kind) {
      case TEXT, BYTES, JSON, OTHER, UNSUPPORTED -> true;
      case BOOLEAN,
          INT16,
          INT32,
          INT64,
          DECIMAL,
          FLOAT32,
          FLOAT64,
          DATE,
          TIME,
          TIMESTAMP,
          TIMESTAMPTZ,
          UUID ->
          false;
    };
  }

  /** Whether a value here may be longer than {@link Dialect#LONG_TEXT}. */
  public boolean mayBeLong() {
    ColumnType type = here.type();
    return switch (type.kind()) {
      case TEXT ->
          type.length() == 0 || type.length() > Dialect.LONG_TEXT / Dialect.CHARACTER_BYTES;
      case BYTES, JSON, OTHER, UNSUPPORTED -> true;
      case BOOLEAN,
          INT16,
          INT32,
          INT64,
          DECIMAL,
          FLOAT32,
          FLOAT64,
          DATE,
          TIME,
          TIMESTAMP,
          TIMESTAMPTZ,
          UUID ->
          false;
    };
  }
}
