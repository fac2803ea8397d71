package dev.tidemark.workflows.verification;

import java.util.List;
import java.util.Objects;

/**
 * A key that differs.
 *
 * @param key values of the key columns, long ones cut
 * @param kind {@code missing}, {@code extra} or {@code different}
 * @param columns source columns that differ, the first of them; empty unless the row is on both
 *     sides
 */
public record DifferingKey(List<String> key, String kind, List<String> columns) {

  public DifferingKey {
    key = List.copyOf(key);
    Objects.requireNonNull(kind, "kind");
    columns = List.copyOf(columns);
  }
}
