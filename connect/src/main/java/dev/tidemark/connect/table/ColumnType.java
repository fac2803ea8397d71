package dev.tidemark.connect.table;

import java.util.Objects;

/**
 * Type of a column.
 *
 * @param kind what it holds
 * @param length most characters or bytes; 0 when unbounded
 * @param precision digits of a decimal, 0 when unbounded; fractional digits of seconds for times
 * @param scale fractional digits of a decimal
 * @param nativeName as its own database spells it
 */
public record ColumnType(ColumnKind kind, int length, int precision, int scale, String nativeName) {

  public ColumnType {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(nativeName, "nativeName");
  }

  /** Whether both are decimals that print the same number of digits behind the point. */
  boolean hasScaleOf(ColumnType other) {
    return kind == ColumnKind.DECIMAL
        && other.kind == ColumnKind.DECIMAL
        && precision > 0
        && other.precision > 0
        && scale == other.scale;
  }

  static ColumnType of(ColumnKind kind, String nativeName) {
    return new ColumnType(kind, 0, 0, 0, nativeName);
  }

  static ColumnType sized(ColumnKind kind, int length, String nativeName) {
    return new ColumnType(kind, length, 0, 0, nativeName);
  }

  static ColumnType exact(ColumnKind kind, int precision, int scale, String nativeName) {
    return new ColumnType(kind, 0, precision, scale, nativeName);
  }
}
