package dev.tidemark.connect.copy;

import dev.tidemark.connect.table.KeyRange;
import dev.tidemark.connect.table.SourceTable;
import dev.tidemark.connect.type.ColumnKind;
import dev.tidemark.connect.type.ColumnType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds a key in the middle of a range, by a few probes of the index and the planner's estimates.
 * Reads no more of the range than the database does to find a key. It need not be exact: whoever
 * has the smaller half will take from the other's again.
 */
public final class RangeHalving {

  private static final int PROBES = 6;
  private static final double EVEN_ENOUGH = 0.35;

  private final SourceTable table;

  public RangeHalving(SourceTable table) {
    this.table = table;
  }

  /** Rows that the planner expects in a range; 0 when it knows nothing. */
  public long estimate(KeyRange range) throws SQLException {
    return table.dialect().estimate(table.session(), table.mapping(), range);
  }

  /**
   * A key of the table with rows on either side of it, about as many.
   *
   * @return empty when none was found
   */
  public Optional<List<String>> middle(KeyRange range) throws SQLException {
    if (table.mapping().order().isEmpty()) {
      return Optional.empty();
    }
    Optional<List<String>> first = firstBehind(range.after(), range);
    Optional<List<String>> last = table.dialect().lastKey(table.session(), table.mapping(), range);
    if (first.isEmpty() || last.isEmpty() || first.equals(last)) {
      return Optional.empty();
    }
    try {
      return search(range, first.get(), last.get());
    } catch (SQLException e) {
      // A guess that is no value of the column: the range stays whole.
      if (String.valueOf(e.getSQLState()).startsWith("22")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Optional<List<String>> search(KeyRange range, List<String> first, List<String> last)
      throws SQLException {
    List<String> low = first;
    List<String> high = last;
    @Nullable List<String> best = null;
    double bestShare = 0;
    for (int i = 0; i < PROBES; i++) {
      Optional<List<String>> guess = between(low, high);
      if (guess.isEmpty()) {
        break;
      }
      Optional<List<String>> key = firstBehind(guess.get(), range);
      double below = key.isEmpty() ? 1 : shareBelow(range, first, last, key.get());
      double share = Math.min(below, 1 - below);
      if (key.isPresent() && share > bestShare) {
        best = key.get();
        bestShare = share;
      }
      if (bestShare >= EVEN_ENOUGH) {
        break;
      }
      // From guesses to keys that are there: between them nothing is left to guess.
      if (below > 0.5) {
        Optional<List<String>> before =
            table
                .dialect()
                .lastKey(
                    table.session(), table.mapping(), new KeyRange(range.after(), guess.get()));
        high = before.isPresent() && !before.get().equals(high) ? before.get() : guess.get();
      } else {
        low = key.isPresent() && !key.get().equals(low) ? key.get() : guess.get();
      }
    }
    return Optional.ofNullable(best);
  }

  /** How much of the range lies before a key; 0 or 1 when the key does not split it. */
  private double shareBelow(KeyRange range, List<String> first, List<String> last, List<String> key)
      throws SQLException {
    if (key.equals(last)) {
      return 1;
    }
    if (key.equals(first)) {
      return 0;
    }
    // A guess that is out of the range's order finds a key that is out of it too.
    if (firstBehind(range.after(), new KeyRange(range.after(), key)).isEmpty()) {
      return 0;
    }
    double below = estimate(new KeyRange(range.after(), key));
    double above = estimate(new KeyRange(key, range.upTo()));
    return Math.clamp(below / Math.max(1, below + above), 0.01, 0.99);
  }

  private Optional<List<String>> firstBehind(@Nullable List<String> after, KeyRange range)
      throws SQLException {
    return table
        .dialect()
        .keyAfter(table.session(), table.mapping(), new KeyRange(after, range.upTo()), 1);
  }

  /** Half-way on the first column in which both differ; what follows is that of the lower key. */
  private Optional<List<String>> between(List<String> low, List<String> high) {
    for (int i = 0; i < low.size(); i++) {
      if (!low.get(i).equals(high.get(i))) {
        ColumnType type = table.mapping().order().get(i).type();
        ColumnKind kind = type.isListed() ? ColumnKind.INT64 : type.kind();
        Optional<String> middle = KeyInterpolation.between(kind, low.get(i), high.get(i));
        if (middle.isEmpty()) {
          return Optional.empty();
        }
        List<String> key = new ArrayList<>(low);
        key.set(i, middle.get());
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }
}
