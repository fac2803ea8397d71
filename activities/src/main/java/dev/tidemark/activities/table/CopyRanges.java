package dev.tidemark.activities.table;

import dev.tidemark.connect.checkpoint.Checkpoint;
import dev.tidemark.connect.checkpoint.SliceSession;
import dev.tidemark.connect.copy.RangeHalving;
import dev.tidemark.connect.table.KeyRange;
import dev.tidemark.connect.table.SourceTable;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The ranges of a pass, handed out to the sessions that copy. A session that finds none left takes
 * half of what another has yet to read: so the ranges even out by themselves, whatever the
 * statistics said.
 */
final class CopyRanges {

  /** Smaller pieces cost more to share than to read. */
  static final long WORTH_SPLITTING = 20_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<CopyRange> waiting = new ArrayDeque<>();
  private final List<CopyRange> copying = new ArrayList<>();
  private int nextNumber;

  /** Nothing was worth splitting; what is left only gets smaller. */
  private boolean looked;

  CopyRanges(List<Checkpoint> committed) {
    for (Checkpoint checkpoint : committed) {
      if (!checkpoint.finished()) {
        waiting.add(new CopyRange(checkpoint));
      }
      nextNumber = Math.max(nextNumber, checkpoint.part() + 1);
    }
  }

  /** A range to copy to its end; empty when nothing is left that is worth sharing. */
  Optional<CopyRange> next(SliceSession session, SourceTable source) throws SQLException {
    lock.lock();
    try {
      Optional<CopyRange> range = Optional.ofNullable(waiting.poll());
      if (range.isEmpty()) {
        range = half(session, new RangeHalving(source));
      }
      range.ifPresent(copying::add);
      return range;
    } finally {
      lock.unlock();
    }
  }

  /** The range was copied to its end. */
  void done(CopyRange range) {
    lock.lock();
    try {
      copying.remove(range);
    } finally {
      lock.unlock();
    }
  }

  /** A session left a range before its end. */
  void giveBack(CopyRange range) {
    range.rewind();
    lock.lock();
    try {
      copying.remove(range);
      waiting.add(range);
    } finally {
      lock.unlock();
    }
  }

  /** Whether some range waits for a session. */
  boolean isWaiting() {
    lock.lock();
    try {
      return !waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Whether some range waits for a session, or may be worth sharing with one. */
  boolean mayWantSessions() {
    lock.lock();
    try {
      return !waiting.isEmpty()
          || (!looked && copying.stream().anyMatch(range -> range.open().rest().isPresent()));
    } finally {
      lock.unlock();
    }
  }

  private Optional<CopyRange> half(SliceSession session, RangeHalving halving) throws SQLException {
    Optional<CopyRange> largest = largest(halving);
    if (largest.isEmpty()) {
      looked = true;
      return Optional.empty();
    }
    Optional<CopyRange> upper = largest.get().split(halving::middle, nextNumber, session);
    if (upper.isPresent()) {
      nextNumber++;
    } else {
      looked = true;
    }
    return upper;
  }

  private Optional<CopyRange> largest(RangeHalving halving) throws SQLException {
    Optional<CopyRange> largest = Optional.empty();
    long most = WORTH_SPLITTING - 1;
    for (CopyRange range : copying) {
      Optional<KeyRange> rest = range.open().rest();
      long rows = rest.isEmpty() ? 0 : halving.estimate(rest.get());
      if (rows > most) {
        most = rows;
        largest = Optional.of(range);
      }
    }
    return largest;
  }
}
