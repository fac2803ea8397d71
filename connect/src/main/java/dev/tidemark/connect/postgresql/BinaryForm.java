package dev.tidemark.connect.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  private static final String TYPES =
      """
      SELECT attname, atttypid::integer
        FROM pg_catalog.pg_attribute
       WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped""";

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

  /**
   * The forms of these columns as they are now; empty where one of them is of a type that has none.
   *
   * @param table its name, quoted
   */
  static Optional<List<BinaryForm>> of(Connection session, String table, List<String> columns)
      throws SQLException {
    Map<String, BinaryForm> forms = new HashMap<>();
    try (PreparedStatement query = session.prepareStatement(TYPES)) {
      query.setString(1, table);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          String column = row.getString(1);
          of(row.getInt(2)).ifPresent(form -> forms.put(column, form));
        }
      }
    }
    return forms.keySet().containsAll(columns)
        ? Optional.of(columns.stream().map(forms::get).toList())
        : Optional.empty();
  }
}
