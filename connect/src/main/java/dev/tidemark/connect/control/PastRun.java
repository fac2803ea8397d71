package dev.tidemark.connect.control;

import java.util.Objects;

/**
 * How a table was copied to its end.
 *
 * @param rows read and committed
 * @param seconds that it took
 */
public record PastRun(String schema, String table, String batchId, long rows, double seconds) {

  public PastRun {
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(batchId, "batchId");
  }
}
