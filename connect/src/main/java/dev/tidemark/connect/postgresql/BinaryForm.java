package dev.tidemark.connect.postgresql;

import java.util.Optional;
import org.postgresql.core.Oid;

/** How PostgreSQL sends and takes values of a type in its binary formats. */
enum BinaryForm {
  BOOLEAN,
  INT2,
  INT4,
  INT8,
  NUMERIC,
  FLOAT4,
  FLOAT8,
  /** Its characters, as they stand. */
  TEXT,
  BYTEA,
  DATE,
  TIME,
  TIMESTAMP,
  UUID,
  JSONB;

  /** The form of a type; empty for all others. */
  static Optional<BinaryForm> of(int type) {
    return switch (type) {
      case Oid.BOOL -> Optional.of(BOOLEAN);
      case Oid.INT2 -> Optional.of(INT2);
      case Oid.INT4 -> Optional.of(INT4);
      case Oid.INT8 -> Optional.of(INT8);
      case Oid.NUMERIC -> Optional.of(NUMERIC);
      case Oid.FLOAT4 -> Optional.of(FLOAT4);
      case Oid.FLOAT8 -> Optional.of(FLOAT8);
      // Not name, which is cut in one format and refused in the other.
      case Oid.TEXT, Oid.VARCHAR, Oid.BPCHAR, Oid.JSON -> Optional.of(TEXT);
      case Oid.BYTEA -> Optional.of(BYTEA);
      case Oid.DATE -> Optional.of(DATE);
      case Oid.TIME -> Optional.of(TIME);
      case Oid.TIMESTAMP, Oid.TIMESTAMPTZ -> Optional.of(TIMESTAMP);
      case Oid.UUID -> Optional.of(UUID);
      case Oid.JSONB -> Optional.of(JSONB);
      default -> Optional.empty();
    };
  }
}
