package dev.tidemark.activities.table;

import dev.tidemark.connect.checkpoint.SliceSession;
import dev.tidemark.connect.letter.DeadLetter;
import dev.tidemark.connect.letter.Refusal;
import dev.tidemark.connect.letter.RefusedRow;
import dev.tidemark.connect.letter.SliceLetters;
import dev.tidemark.connect.table.RowLine;
import dev.tidemark.connect.table.RowRejectedException;
import dev.tidemark.connect.table.SourceTable;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The dead letters of a table while it is copied; shared by all sessions that copy it. */
final class TableLetters {

  private static final Logger log = LoggerFactory.getLogger(TableLetters.class);

  private static final int KEYS = 1000;

  private final ReentrantLock lock = new ReentrantLock();
  private final SliceLetters letters;
  private final TableMapping mapping;

  /**
   * The letters of a slice.
   *
   * @param mapping has a key
   */
  TableLetters(SliceLetters letters, TableMapping mapping) {
    this.letters = letters;
    this.mapping = mapping;
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
   * @throws dev.tidemark.connect.failure.SyncException TOO_MANY_DEAD_LETTERS
   */
  void keep(
      Connection writing,
      List<String> key,
      RowLine line,
      RowRejectedException rejection,
      Passing passing)
      throws SQLException {
    RefusedRow row = RefusedRow.of(mapping, key, line);
    Refusal refusal = Refusal.of(rejection, mapping.targetColumns());
    lock.lock();
    try {
      SliceLetters.Kept kept = letters.keep(writing, row, refusal);
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

  /** Says of a letter's row, which is in the source, whether the target has it as it is there. */
  @FunctionalInterface
  interface Arrival {
    boolean has(List<String> key) throws SQLException;
  }

  /**
   * The pass comes to its end: letters whose rows it was not refused are done, since their rows
   * have arrived, or are gone from the source. Commits nothing.
   *
   * @param arrival asked for each of these rows
   */
  void settle(SourceTable source, Connection writing, TableShape written, Arrival arrival)
      throws SQLException {
    List<DeadLetter> unseen = letters.unseen(writing).stream().filter(this::hasThisKey).toList();
    for (int i = 0; i < unseen.size(); i += KEYS) {
      List<DeadLetter> some = unseen.subList(i, Math.min(unseen.size(), i + KEYS));
      List<List<String>> keys = some.stream().map(DeadLetter::key).toList();
      Set<List<String>> there =
          new HashSet<>(
              source
                  .dialect()
                  .canonicalKeys(source.session(), mapping.only(source.dialect(), keys), written));
      for (DeadLetter letter : some) {
        if (!there.contains(letter.key())) {
          letters.gone(writing, letter.id());
        } else if (arrival.has(letter.key())) {
          letters.resolve(writing, letter.id());
        }
      }
    }
  }

  /** Letters of another key than the present one cannot be looked up. */
  private boolean hasThisKey(DeadLetter letter) {
    return List.copyOf(letter.row().key().keySet())
        .equals(mapping.sourceKey().stream().map(column -> column.source().name()).toList());
  }
}
