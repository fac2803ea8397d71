package dev.tidemark.connect.comparison;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison found since its last portion. Sums and differences of all portions add up to
 * those of the table.
 *
 * @param source rows of the source that were looked at
 * @param target rows of the slice that were looked at
 * @param differences at most some ten thousand
 * @param cursor the key up to which everything has been told, so that another comparison may begin
 *     behind it; null where none may
 */
public record Portion(
    RowSum source, RowSum target, List<Difference> differences, @Nullable List<String> cursor) {

  public Portion {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(target, "target");
    differences = List.copyOf(differences);
    cursor = cursor == null ? null : List.copyOf(cursor);
  }
}
