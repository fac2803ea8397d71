package dev.tidemark.connect.type;

/**
 * What a column holds, apart from how its database spells the type. Rows travel as text; each kind
 * has one spelling on the way, which every dialect can write and read.
 */
public enum ColumnKind {
  /** {@code 1} or {@code 0}. */
  BOOLEAN,
  INT16,
  INT32,
  INT64,
  /** Every digit, without an exponent. */
  DECIMAL,
  FLOAT32,
  FLOAT64,
  TEXT,
  /** Hexadecimal digits. */
  BYTES,
  DATE,
  /** {@code HH:MM:SS.ffffff}. */
  TIME,
  /** {@code YYYY-MM-DD HH:MM:SS.ffffff}, of no zone. */
  TIMESTAMP,
  /** {@code YYYY-MM-DD HH:MM:SS.ffffff}, in UTC. */
  TIMESTAMPTZ,
  UUID,
  /** JSON as text; arrays of PostgreSQL too, as JSON to other databases. */
  JSON,
  /** Anything else that has a text form of its own; becomes text. */
  OTHER,
  /** Has no text form that another database would read; cannot be copied. */
  UNSUPPORTED;

  /** Whether a collation may hold values for equal that differ in their bytes. */
  public boolean hasLetters() {
    return switch (this) {
      case TEXT, OTHER, UNSUPPORTED -> true;
      // One value has one spelling, or many that mean the same.
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
          UUID,
          JSON ->
          false;
    };
  }
}
