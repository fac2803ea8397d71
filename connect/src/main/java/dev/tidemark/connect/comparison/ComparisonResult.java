package dev.tidemark.connect.comparison;

import dev.tidemark.connect.comparison.Difference.Kind;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a whole comparison found.
 *
 * @param source all rows of the source
 * @param target all rows of its slice
 * @param counts how many keys differ in each way
 * @param first the first of them
 */
public record ComparisonResult(
    RowSum source, RowSum target, Map<Kind, Long> counts, List<Difference> first) {

  public ComparisonResult {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(target, "target");
    EnumMap<Kind, Long> all = new EnumMap<>(Kind.class);
    all.putAll(counts);
    counts = Collections.unmodifiableMap(all);
    first = List.copyOf(first);
  }

  /** Compares both sides as they are now; keeps as many differences as {@code limit}. */
  public static ComparisonResult of(
      Side source, Side target, TableMapping mapping, TableShape shape, int limit)
      throws SQLException {
    try {
      return of(Comparison.of(source, target, mapping, shape), limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while comparing " + shape.name(), e);
    }
  }

  /**
   * Runs a comparison to its end, and closes it.
   *
   * @param limit most differences to keep; all are counted
   */
  public static ComparisonResult of(Comparison comparison, int limit)
      throws SQLException, InterruptedException {
    RowSum source = RowSum.NONE;
    RowSum target = RowSum.NONE;
    EnumMap<Kind, Long> counts = new EnumMap<>(Kind.class);
    List<Difference> first = new ArrayList<>();
    try (comparison) {
      Optional<Portion> portion = comparison.next();
      while (portion.isPresent()) {
        source = source.plus(portion.get().source());
        target = target.plus(portion.get().target());
        for (Difference difference : portion.get().differences()) {
          counts.merge(difference.kind(), 1L, Long::sum);
          if (first.size() < limit) {
            first.add(difference);
          }
        }
        portion = comparison.next();
      }
    }
    return new ComparisonResult(source, target, counts, first);
  }

  /** How many keys differ in this way. */
  public long count(Kind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  /** The first differences in words. */
  public List<String> words() {
    return first.stream().map(Difference::toString).toList();
  }

  /** Whether nothing differs. */
  public boolean equal() {
    return counts.isEmpty();
  }
}
