package dev.tidemark.connect.checkpoint;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A slice's row as it was read. */
record SliceRow(
    @Nullable String pass,
    @Nullable String source,
    @Nullable Owner owner,
    int generation,
    int attempt,
    long token,
    boolean fresh,
    boolean finished,
    Watermark watermark,
    @Nullable String specification) {

  static final String COLUMNS =
      "pass, owner_namespace, owner_workflow, owner_run, generation, attempt, token, fresh,"
          + " finished, source, watermark, watermark_of, next_watermark, next_watermark_of,"
          + " specification";

  static SliceRow read(ResultSet row) throws SQLException {
    return new SliceRow(
        row.getString(1),
        row.getString(10),
        Owner.of(row.getString(2), row.getString(3), row.getString(4)),
        row.getInt(5),
        row.getInt(6),
        row.getLong(7),
        row.getInt(8) != 0,
        row.getInt(9) != 0,
        new Watermark(row.getString(11), row.getString(12), row.getString(13), row.getString(14)),
        row.getString(15));
  }

  /** Whether the pass that stands there is of this specification, as far as anybody knows. */
  boolean isOf(String wanted) {
    return wanted.isEmpty() || specification == null || specification.equals(wanted);
  }
}
