package dev.tidemark.activities.table;

import dev.tidemark.connect.checkpoint.SliceKey;
import dev.tidemark.connect.checkpoint.SliceSession;
import dev.tidemark.connect.comparison.RowComparison;
import dev.tidemark.connect.comparison.Side;
import dev.tidemark.connect.letter.LetterTable;
import dev.tidemark.connect.letter.Refusal;
import dev.tidemark.connect.letter.RefusedRow;
import dev.tidemark.connect.letter.RowLetter;
import dev.tidemark.connect.letter.RowLetters;
import dev.tidemark.connect.letter.SliceLetters;
import dev.tidemark.connect.table.RowLine;
import dev.tidemark.connect.table.RowRejectedException;
import dev.tidemark.connect.table.SourceTable;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.connect.target.TargetRows;
import dev.tidemark.workflows.PayloadJson;
import dev.tidemark.workflows.table.SyncMode;
import dev.tidemark.workflows.table.TableTask;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The dead letters of a table while it is copied; shared by all sessions that copy it. */
final class TableLetters {

  private static final Logger log = LoggerFactory.getLogger(TableLetters.class);

  private static final int KEYS = 1000;

  /** Rows that a pass does not read for people's sake: each lengthens all of its reads. */
  private static final int MOST_LEFT = 1000;

  /**
   * How a pass leaves the letters of its slice.
   *
   * @param open letters that are open
   * @param decided rows that differ as people have decided
   */
  record Settled(long open, long decided) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final SliceLetters letters;
  private final RowLetters rowLetters;
  private final TableMapping mapping;
  private final SyncMode mode;

  private TableLetters(
      SliceLetters letters, RowLetters rowLetters, TableMapping mapping, SyncMode mode) {
    this.letters = letters;
    this.rowLetters = rowLetters;
    this.mapping = mapping;
    this.mode = mode;
  }

  /**
   * The letters of a slice.
   *
   * @param pass what the slice's cursors belong to
   * @param mapping has a key
   */
  static TableLetters of(
      TableTask task, LetterTable table, SliceKey key, String pass, TableMapping mapping) {
    SliceLetters.Writer writer =
        new SliceLetters.Writer(
            task.source().toString(),
            pass,
            PayloadJson.write(task),
            task.spec().rows().deadLetters());
    return new TableLetters(
        new SliceLetters(table, key, writer, new LetterMasks(mapping)),
        new RowLetters(table, key),
        mapping,
        task.spec().mode().mode());
  }

  /**
   * Rows that stay as people have decided, since the source has not changed them. Where it has, the
   * decision is over, and the letter open until the pass has read the row; a pass that goes on may
   * have left that row behind, so that the next one ends the decision. Commits.
   *
   * @param source its session is free
   * @param target the session that writes
   */
  LetteredRows decided(SliceSession session, SourceTable source, Side target) throws SQLException {
    List<RowLetter> changed = new ArrayList<>();
    LetteredRows decided = decided(source, target, changed::add);
    if (!changed.isEmpty() && session.slice().atStart()) {
      session.hold();
      for (RowLetter letter : changed) {
        letters.reopen(target.session(), letter.id());
      }
    }
    target.session().commit();
    return decided;
  }

  private LetteredRows decided(SourceTable source, Side target, Consumer<RowLetter> changed)
      throws SQLException {
    return LetteredRows.decided(
        rowLetters,
        target.session(),
        new SourceTable(source.session(), source.dialect(), mapping),
        target.dialect(),
        changed);
  }

  /**
   * Keys of such rows that a pass must not read, since it would write them. Commits.
   *
   * @param report is told of rows that are too many to be left
   */
  List<List<String>> left(
      SliceSession session, SourceTable source, Side target, TargetRows rows, TableReport report)
      throws SQLException {
    List<List<String>> standing = decided(session, source, target).standing(rows, target.session());
    target.session().commit();
    int more = standing.size() - MOST_LEFT;
    if (more <= 0) {
      return standing;
    }
    report.remark(
        ("%d %s about which people have decided %s copied as the source has %s:"
                + " a pass leaves the first %d of a slice alone")
            .formatted(
                more,
                more == 1 ? "row" : "rows",
                more == 1 ? "is" : "are",
                more == 1 ? "it" : "them",
                MOST_LEFT));
    return standing.subList(0, MOST_LEFT);
  }

  /** Commits what stands behind a row that was passed over. */
  @FunctionalInterface
  interface Passing {

    /**
     * Commits.
     *
     * @param deadLetters how many letters of this pass the row makes: one or none
     */
    void commit(int deadLetters) throws SQLException;
  }

  /** A pass begins, which has seen no row yet. */
  void begin(SliceSession session, Connection writing) throws SQLException {
    session.hold();
    letters.begin(writing);
    writing.commit();
  }

  /**
   * Keeps a row and passes over it, in one transaction. Sessions do so one after the other, for the
   * limit to hold.
   *
   * @param writing has nothing to commit
   * @param rows of the table that is written
   * @throws dev.tidemark.connect.failure.SyncException TOO_MANY_DEAD_LETTERS
   */
  void keep(
      Connection writing,
      TargetRows rows,
      List<String> key,
      RowLine line,
      RowRejectedException rejection,
      Passing passing)
      throws SQLException {
    RefusedRow row = RefusedRow.of(mapping, key, line);
    Refusal refusal = Refusal.of(rejection, mapping.targetColumns());
    lock.lock();
    try {
      SliceLetters.Kept kept = letters.keep(writing, row, refusal, () -> rows.has(writing, key));
      passing.commit(kept == SliceLetters.Kept.NEW ? 1 : 0);
      log.info(
          "A row of {} is kept as a dead letter of {}: {}",
          mapping.source().name(),
          mapping.targetTable(),
          refusal.code());
    } finally {
      lock.unlock();
    }
  }

  /**
   * The pass comes to its end: letters whose rows it was not refused are done, since their rows
   * have arrived, or are gone from the source. Commits nothing.
   *
   * @param target the session that writes
   * @param shape the table as people see it
   */
  Settled settle(SourceTable source, Side target, TableShape shape) throws SQLException {
    List<SliceLetters.Place> unseen = ofThisKey(letters.unseen(target.session()));
    Arrival arrival = arrival(source, target, shape);
    for (int i = 0; i < unseen.size(); i += KEYS) {
      List<SliceLetters.Place> some = unseen.subList(i, Math.min(unseen.size(), i + KEYS));
      Set<List<String>> there =
          inSource(source, shape, some.stream().map(TableLetters::key).toList());
      for (SliceLetters.Place letter : some) {
        if (!there.contains(key(letter))) {
          letters.gone(target.session(), letter.id());
        } else if (arrival.of(key(letter))) {
          letters.arrived(target.session(), letter.id());
        }
      }
    }
    int open = ofThisKey(letters.open(target.session())).size();
    return new Settled(open, differing(source, target, shape));
  }

  /** Rows that would be as the source has them, had nobody decided about them. */
  private long differing(SourceTable source, Side target, TableShape shape) throws SQLException {
    RowComparison both =
        new RowComparison(new Side(source.session(), source.dialect()), target, mapping, shape);
    TargetRows rows = new TargetRows(target.dialect(), mapping, shape);
    long differing = 0;
    for (RowLetter letter : decided(source, target, changed -> {}).decided()) {
      if (both.areEqual(letter.keyValues())) {
        letters.arrived(target.session(), letter.id());
      } else if (LetteredRows.stands(letter, rows, target.session())) {
        differing++;
      }
    }
    return differing;
  }

  private static List<String> key(SliceLetters.Place letter) {
    return List.copyOf(letter.key().values());
  }

  /** Whether the row of a key has come. */
  @FunctionalInterface
  private interface Arrival {
    boolean of(List<String> key) throws SQLException;
  }

  /** A pass that does not look at every row may have left an earlier version in the target. */
  private Arrival arrival(SourceTable source, Side target, TableShape shape) {
    return switch (mode) {
      case FULL, DIFF, REPLACE -> {
        TargetRows rows = new TargetRows(target.dialect(), mapping, shape);
        yield key -> rows.has(target.session(), key);
      }
      case INCREMENTAL ->
          new RowComparison(
                  new Side(source.session(), source.dialect()), target, source.mapping(), shape)
              ::areEqual;
    };
  }

  private Set<List<String>> inSource(SourceTable source, TableShape shape, List<List<String>> keys)
      throws SQLException {
    return new HashSet<>(
        source
            .dialect()
            .canonicalKeys(source.session(), mapping.only(source.dialect(), keys), shape));
  }

  /** Letters of another key than the present one cannot be looked up, and say nothing any more. */
  private List<SliceLetters.Place> ofThisKey(List<SliceLetters.Place> all) {
    List<String> key = mapping.sourceKey().stream().map(column -> column.source().name()).toList();
    return all.stream().filter(letter -> List.copyOf(letter.key().keySet()).equals(key)).toList();
  }
}
