package dev.tidemark.connect.comparison;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares where the two sides order keys in ways of their own, or have no index over them: rows go
 * to buckets by the fingerprint of their key. One scan on each side sums all buckets; a second one
 * sends the rows of those that differ, which the servers sort by that fingerprint, so that the two
 * streams are merged and none of the rows is kept, however many there are.
 *
 * <p>Where the table has no key, whole rows take its place: what one side has more often than the
 * other is missing or extra there. Equal rows are counted, however many there are.
 *
 * <p>It knows no place in between from which another comparison could go on.
 */
final class BucketComparison extends Comparison {

  private static final int ROWS_A_BUCKET = 500;
  private static final int FEWEST_BUCKETS = 256;
  private static final int MOST_BUCKETS = 8192;
  private static final int DIFFERENCES_A_PORTION = 10_000;

  private boolean summed;

  /** Those that differ, of how many; null where none does, and once their rows are sent. */
  private @Nullable Wanted wanted;

  /** Written by the sessions' threads, so that none is left open when the other one fails. */
  private volatile @Nullable HashedRows sourceRows;

  private volatile @Nullable HashedRows targetRows;

  /** Of a row without a key, how often it is missing, yet to be told; below zero, is extra. */
  private long untold;

  private record Wanted(List<Integer> buckets, int of) {}

  BucketComparison(ComparedTable source, ComparedTable target) {
    super(source, target);
  }

  @Override
  public Optional<Portion> next() throws SQLException, InterruptedException {
    if (!summed) {
      summed = true;
      return Optional.of(sum());
    }
    if (wanted != null) {
      open(wanted);
      wanted = null;
    }
    HashedRows source = sourceRows;
    HashedRows target = targetRows;
    if (source == null || target == null) {
      return Optional.empty();
    }
    List<Difference> differences =
        source().key().isEmpty() ? count(source, target) : merge(source, target);
    return differences.isEmpty()
        ? Optional.empty()
        : Optional.of(new Portion(RowSum.NONE, RowSum.NONE, differences, null));
  }

  private Portion sum() throws SQLException, InterruptedException {
    long rows = Math.max(source().shape().estimatedRows(), target().shape().estimatedRows());
    int buckets = Math.clamp(rows / ROWS_A_BUCKET, FEWEST_BUCKETS, MOST_BUCKETS);
    Workers.Pair<RowSum[]> sums =
        workers().both(() -> source().bucketSums(buckets), () -> target().bucketSums(buckets));
    RowSum allSource = RowSum.NONE;
    RowSum allTarget = RowSum.NONE;
    List<Integer> differing = new ArrayList<>();
    for (int i = 0; i < buckets; i++) {
      allSource = allSource.plus(sums.source()[i]);
      allTarget = allTarget.plus(sums.target()[i]);
      if (!sums.source()[i].equals(sums.target()[i])) {
        differing.add(i);
      }
    }
    if (!differing.isEmpty()) {
      wanted = new Wanted(differing.size() > buckets / 2 ? List.of() : differing, buckets);
    }
    return new Portion(allSource, allTarget, List.of(), null);
  }

  private void open(Wanted rows) throws SQLException, InterruptedException {
    workers()
        .both(
            () -> sourceRows = source().hashed(rows.buckets(), rows.of()),
            () -> targetRows = target().hashed(rows.buckets(), rows.of()));
  }

  /** The next rows without a key that one side has more often; none at the end. */
  private List<Difference> count(HashedRows source, HashedRows target) throws SQLException {
    List<Difference> differences = new ArrayList<>();
    while (differences.size() < DIFFERENCES_A_PORTION) {
      if (untold != 0) {
        tell(differences);
      } else if (source.atEnd() && target.atEnd()) {
        break;
      } else {
        long hash = Math.min(source.hash(), target.hash());
        untold = source.count(hash) - target.count(hash);
      }
    }
    return differences;
  }

  /** As many of them as have room; the next portion goes on. */
  private void tell(List<Difference> differences) {
    int room = DIFFERENCES_A_PORTION - differences.size();
    int some = (int) Math.min(Math.abs(untold), room);
    Difference.Kind kind = untold > 0 ? Difference.Kind.MISSING : Difference.Kind.EXTRA;
    differences.addAll(Collections.nCopies(some, new Difference(List.of(), kind)));
    untold -= untold > 0 ? some : -some;
  }

  /** The next differences; none at the end. */
  private static List<Difference> merge(HashedRows source, HashedRows target) throws SQLException {
    List<Difference> differences = new ArrayList<>();
    while (!(source.atEnd() && target.atEnd()) && differences.size() < DIFFERENCES_A_PORTION) {
      long hash = Math.min(source.hash(), target.hash());
      RowList here = source.take(hash);
      RowList there = target.take(hash);
      if (!here.sameRows(there)) {
        differences.addAll(differing(here, there));
      }
    }
    return differences;
  }

  /**
   * The differences among rows whose keys have one hash, in the order of their fingerprints. Where
   * a key stands there more than once, first the rows that are equal meet.
   */
  private static List<Difference> differing(RowList source, RowList target) {
    RowList here = new RowList(source.width());
    RowList there = new RowList(target.width());
    int i = 0;
    int j = 0;
    while (i < source.size() && j < target.size()) {
      int order = Long.compare(source.fingerprint(i), target.fingerprint(j));
      boolean equal = order == 0 && source.sameKey(i, target, j);
      if (order <= 0) {
        keep(equal, source, i++, here);
      }
      if (order >= 0) {
        keep(equal, target, j++, there);
      }
    }
    while (i < source.size()) {
      here.add(source, i++);
    }
    while (j < target.size()) {
      there.add(target, j++);
    }
    RowMatch match = new RowMatch(here);
    match.add(there);
    match.end();
    return match.take();
  }

  private static void keep(boolean equal, RowList rows, int row, RowList rest) {
    if (!equal) {
      rest.add(rows, row);
    }
  }

  @Override
  public void close() throws SQLException {
    // First the threads: one may still be opening its rows.
    super.close();
    try (HashedRows source = sourceRows;
        HashedRows target = targetRows) {
      // They close in any case.
    }
  }
}
