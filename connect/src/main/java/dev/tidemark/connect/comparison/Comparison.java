package dev.tidemark.connect.comparison;

import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares a source table with its slice of the target: both databases compute fingerprints of
 * their rows, at the same time, and only where the sums of many differ do the fingerprints of
 * single rows travel. Memory does not grow with the table.
 *
 * <p>What is compared is not one moment: rows that change meanwhile may be told or not.
 *
 * <p>Both sessions belong to the comparison until it is closed.
 */
public abstract sealed class Comparison implements AutoCloseable
    permits RangeComparison, BucketComparison {

  /** Rows of a range of keys, unless somebody says otherwise. */
  public static final int RANGE_ROWS = 20_000;

  private final ComparedTable source;
  private final ComparedTable target;
  private final Workers workers = new Workers();

  Comparison(ComparedTable source, ComparedTable target) {
    this.source = source;
    this.target = target;
  }

  /**
   * A comparison that has not begun.
   *
   * @param rangeRows how many rows to sum at once; a bound of what is kept in memory
   * @param after the cursor behind which to begin; null for the start
   */
  public static Comparison of(
      Side source,
      Side target,
      TableMapping mapping,
      TableShape shape,
      int rangeRows,
      @Nullable List<String> after) {
    ComparedTable from = ComparedTable.source(source, mapping, shape);
    ComparedTable to = ComparedTable.slice(target, mapping, shape);
    return KeyOrder.isAlike(from, to)
        ? new RangeComparison(from, to, rangeRows, after)
        : new BucketComparison(from, to);
  }

  /** As the other, of the whole table in ranges of the usual size. */
  public static Comparison of(Side source, Side target, TableMapping mapping, TableShape shape) {
    return of(source, target, mapping, shape, RANGE_ROWS, null);
  }

  /**
   * What was found next; empty at the end.
   *
   * @throws SQLException when a database failed; the comparison is over then
   */
  public abstract Optional<Portion> next() throws SQLException, InterruptedException;

  /**
   * Names of the source's columns in which the two rows of a key differ now. Empty when they are
   * equal now, or one of them is not there.
   */
  public List<String> differingColumns(List<String> key) throws SQLException, InterruptedException {
    Workers.Pair<Optional<List<Long>>> rows =
        workers.both(() -> source.columnFingerprints(key), () -> target.columnFingerprints(key));
    List<String> differing = new ArrayList<>();
    if (rows.source().isPresent() && rows.target().isPresent()) {
      List<String> names = source.columns();
      for (int i = 0; i < names.size(); i++) {
        if (!rows.source().get().get(i).equals(rows.target().get().get(i))) {
          differing.add(names.get(i));
        }
      }
    }
    return differing;
  }

  ComparedTable source() {
    return source;
  }

  ComparedTable target() {
    return target;
  }

  /** One thread for each session. */
  Workers workers() {
    return workers;
  }

  /** Waits for statements in flight. */
  @Override
  public void close() throws SQLException {
    workers.close();
  }
}
