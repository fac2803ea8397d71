package dev.tidemark.connect.comparison;

import dev.tidemark.connect.table.KeyRange;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Compares range of keys by range of keys, where both sides order the keys alike.
 *
 * <p>A range is asked for either as one sum from each side, or as the list of its rows' keys and
 * fingerprints. A sum costs each database a scan of the range and next to nothing else; a list
 * costs the same scan and some 30 bytes a row on the way. To find that a sum differs and list the
 * range after all costs two scans. So a range is summed as long as few of the last ones differed,
 * and listed at once when many did: about one scan in all, whether nothing differs, a few ranges
 * do, or every one does.
 *
 * <p>The next ranges are being read while this one is looked at. At most {@value #LISTS_AHEAD} + 1
 * ranges of the source and as many pages of the target are in memory, as keys and fingerprints.
 */
final class RangeComparison extends Comparison {

  private static final int SUMS_AHEAD = 2;

  /** One more, since lists take time here too, in which neither database should wait. */
  private static final int LISTS_AHEAD = 3;

  /** A list costs about a fifth more than a sum, and a sum in vain a whole scan. */
  private static final double WORTH_LISTING = 0.2;

  /** Weight of the last range among all. */
  private static final double WEIGHT = 0.3;

  private final int rangeRows;
  private final int pageRows;
  private final ArrayDeque<Step> ahead = new ArrayDeque<>();

  /** Where the next range begins, and whether there is none; only the source's thread looks. */
  private @Nullable List<String> walked;

  private boolean walkedAll;

  private double differing;
  private @Nullable OpenRange open;

  RangeComparison(
      ComparedTable source, ComparedTable target, int rangeRows, @Nullable List<String> after) {
    super(source, target);
    if (rangeRows < 1) {
      throw new IllegalArgumentException("a range has at least one row");
    }
    this.rangeRows = rangeRows;
    // Room for rows that only the target has, or each range of equal sides would fill its page.
    this.pageRows = 2 * rangeRows;
    this.walked = after;
  }

  /** A range that was asked for, as sums or as lists. */
  private sealed interface Step {

    Future<Optional<KeyRange>> range();
  }

  private record Summed(
      Future<Optional<KeyRange>> range, Future<RowSum> source, Future<RowSum> target)
      implements Step {}

  private record Listed(
      Future<Optional<KeyRange>> range, Future<RowList> source, Future<RowList> target)
      implements Step {}

  /** A range of which the target has more rows than fit into a page: some are to come. */
  private record OpenRange(KeyRange range, RowMatch match, List<String> reached) {}

  @Override
  public Optional<Portion> next() throws SQLException, InterruptedException {
    if (open != null) {
      KeyRange rest = new KeyRange(open.reached(), open.range().upTo());
      RowList page = Workers.answer(workers().atTarget(() -> target().list(rest, pageRows)));
      return Optional.of(matched(open.range(), open.match(), RowSum.NONE, page));
    }
    boolean lists = differing > WORTH_LISTING;
    while (ahead.size() < (lists ? LISTS_AHEAD : SUMS_AHEAD)) {
      ahead.add(lists ? list() : sum());
    }
    Step step = ahead.remove();
    Optional<KeyRange> range = Workers.answer(step.range());
    return range.isEmpty() ? Optional.empty() : Optional.of(compared(range.get(), step));
  }

  private Portion compared(KeyRange range, Step step) throws SQLException, InterruptedException {
    return switch (step) {
      case Summed sums -> {
        RowSum source = Workers.answer(sums.source());
        RowSum target = Workers.answer(sums.target());
        if (source.equals(target)) {
          note(false);
          yield new Portion(source, target, List.of(), range.upTo());
        }
        Workers.Pair<RowList> lists =
            workers()
                .both(
                    () -> source().list(range, Integer.MAX_VALUE),
                    () -> target().list(range, pageRows));
        yield listed(range, lists.source(), lists.target());
      }
      case Listed lists ->
          listed(range, Workers.answer(lists.source()), Workers.answer(lists.target()));
    };
  }

  private Portion listed(KeyRange range, RowList source, RowList target) {
    Portion portion = matched(range, new RowMatch(source), RowSum.of(source), target);
    note(!portion.differences().isEmpty() || open != null);
    return portion;
  }

  /** The source's rows fit into memory; the target may have any number more in their range. */
  private Portion matched(KeyRange range, RowMatch match, RowSum source, RowList page) {
    match.add(page);
    if (page.size() == pageRows) {
      open = new OpenRange(range, match, page.lastKey());
      return new Portion(source, RowSum.of(page), match.take(), null);
    }
    open = null;
    match.end();
    return new Portion(source, RowSum.of(page), match.take(), range.upTo());
  }

  private void note(boolean differs) {
    differing = (1 - WEIGHT) * differing + (differs ? WEIGHT : 0);
  }

  /** The target begins as soon as the end of the range is known. */
  private Step sum() {
    CompletableFuture<Optional<KeyRange>> range = new CompletableFuture<>();
    Future<RowSum> source =
        workers()
            .atSource(
                () -> {
                  Optional<KeyRange> found = known(range, this::nextRange);
                  return found.isEmpty() ? RowSum.NONE : source().sum(found.get());
                });
    Future<RowSum> target =
        workers()
            .atTarget(
                () -> {
                  Optional<KeyRange> found = Workers.answer(range);
                  return found.isEmpty() ? RowSum.NONE : target().sum(found.get());
                });
    return new Summed(range, source, target);
  }

  /** The end of the range is the last row of the list: nothing else has to look for it. */
  private Step list() {
    CompletableFuture<Optional<KeyRange>> range = new CompletableFuture<>();
    Future<RowList> source =
        workers()
            .atSource(
                () -> {
                  if (walkedAll) {
                    range.complete(Optional.empty());
                    return new RowList(source().key().size());
                  }
                  List<String> after = walked;
                  RowList rows =
                      told(range, () -> source().list(new KeyRange(after, null), rangeRows));
                  List<String> end = rows.size() < rangeRows ? null : rows.lastKey();
                  range.complete(Optional.of(walkTo(after, end)));
                  return rows;
                });
    Future<RowList> target =
        workers()
            .atTarget(
                () -> {
                  Optional<KeyRange> found = Workers.answer(range);
                  return found.isEmpty()
                      ? new RowList(target().key().size())
                      : target().list(found.get(), pageRows);
                });
    return new Listed(range, source, target);
  }

  private Optional<KeyRange> nextRange() throws SQLException {
    if (walkedAll) {
      return Optional.empty();
    }
    List<String> after = walked;
    return Optional.of(walkTo(after, source().keyAfter(after, rangeRows).orElse(null)));
  }

  private KeyRange walkTo(@Nullable List<String> after, @Nullable List<String> end) {
    walked = end;
    walkedAll = end == null;
    return new KeyRange(after, end);
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask() throws SQLException;
  }

  private static Optional<KeyRange> known(
      CompletableFuture<Optional<KeyRange>> range, Question<Optional<KeyRange>> question)
      throws SQLException {
    Optional<KeyRange> found = told(range, question);
    range.complete(found);
    return found;
  }

  /** Whoever waits for the range must hear of a failure. */
  private static <T> T told(CompletableFuture<Optional<KeyRange>> range, Question<T> question)
      throws SQLException {
    try {
      return question.ask();
    } catch (SQLException | RuntimeException | Error e) {
      range.completeExceptionally(e);
      throw e;
    }
  }
}
