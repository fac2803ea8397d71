package dev.tidemark.workflows.verification;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A key that differs.
 *
 * @param key values of the key columns, long ones cut
 * @param kind {@code missing}, {@code extra} or {@code different}
 * @param columns source columns that differ, the first of them; empty unless the row is on both
 *     sides
 * @param letter why it differs, where a dead letter of the row says so; null where none does
 */
public record DifferingKey(
    List<String> key, String kind, List<String> columns, @Nullable KeyLetter letter) {

  public DifferingKey {
    key = List.copyOf(key);
    Objects.requireNonNull(kind, "kind");
    columns = List.copyOf(columns);
  }

  /** A key of whose row there is no letter. */
  public DifferingKey(List<String> key, String kind, List<String> columns) {
    this(key, kind, columns, null);
  }
}
