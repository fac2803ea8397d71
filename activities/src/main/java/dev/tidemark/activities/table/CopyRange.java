package dev.tidemark.activities.table;

import dev.tidemark.connect.checkpoint.Checkpoint;
import dev.tidemark.connect.checkpoint.RowTally;
import dev.tidemark.connect.checkpoint.SliceSession;
import dev.tidemark.connect.copy.OpenRange;
import dev.tidemark.connect.table.KeyRange;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A range of keys while it is copied: what is committed of it, and what is left to read. One
 * session copies it; others may split off its end.
 */
final class CopyRange {

  private final OpenRange open;
  private final ReentrantLock committing = new ReentrantLock();
  private Checkpoint checkpoint;

  CopyRange(Checkpoint checkpoint) {
    this.checkpoint = checkpoint;
    this.open = new OpenRange(checkpoint.cursor(), checkpoint.upTo());
  }

  OpenRange open() {
    return open;
  }

  /** Commits the rows of a chunk and what stands behind them. */
  void commit(SliceSession session, KeyRange chunk, boolean last, RowTally rows)
      throws SQLException {
    committing.lock();
    try {
      Checkpoint next = checkpoint.after(chunk.upTo(), rows);
      next = last ? next.done() : next;
      session.commit(next);
      checkpoint = next;
    } finally {
      committing.unlock();
    }
  }

  /** Whatever was read ahead and not committed is to be read again; asked by who copies it. */
  void rewind() {
    // One lock after the other: a split holds the first while it waits for the second.
    open.rewind(committed().cursor());
  }

  private Checkpoint committed() {
    committing.lock();
    try {
      return checkpoint;
    } finally {
      committing.unlock();
    }
  }

  /**
   * Splits off the end.
   *
   * @param where finds the key
   * @param number of the new range
   * @param session that commits the split
   * @return what lies behind the key; empty when the range stays whole
   */
  Optional<CopyRange> split(OpenRange.KeySearch where, int number, SliceSession session)
      throws SQLException {
    CopyRange[] upper = new CopyRange[1];
    boolean split =
        open.split(
            rest -> {
              Optional<List<String>> key = where.in(rest);
              if (key.isPresent()) {
                upper[0] = commitSplit(key.get(), number, session);
              }
              return key;
            });
    return split ? Optional.of(upper[0]) : Optional.empty();
  }

  private CopyRange commitSplit(List<String> key, int number, SliceSession session)
      throws SQLException {
    committing.lock();
    try {
      Checkpoint lower = checkpoint.below(key);
      Checkpoint upper = checkpoint.above(key, number);
      session.split(lower, upper);
      checkpoint = lower;
      return new CopyRange(upper);
    } finally {
      committing.unlock();
    }
  }
}
