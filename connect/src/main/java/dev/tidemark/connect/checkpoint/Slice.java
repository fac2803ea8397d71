package dev.tidemark.connect.checkpoint;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A slice that was granted. Its ranges may be written by several sessions at once, each its own;
 * they share this object.
 */
public final class Slice {

  /** Sessions that may write a slice at once. */
  public static final int MOST_SESSIONS = 16;

  private final SliceRows rows;
  private final SessionMarks marks;
  private final boolean fresh;
  private final Watermark watermark;
  private final Map<Integer, Checkpoint> parts = new ConcurrentSkipListMap<>();
  private volatile boolean finished;
  private volatile boolean heldOpen;

  Slice(
      SliceRows rows,
      SessionMarks marks,
      boolean fresh,
      boolean finished,
      Watermark watermark,
      Collection<Checkpoint> committed) {
    this.rows = rows;
    this.marks = marks;
    this.fresh = fresh;
    this.finished = finished;
    this.watermark = watermark;
    committed.forEach(this::committed);
    if (parts.isEmpty()) {
      committed(Checkpoint.START);
    }
  }

  /** Where each range of the pass stands, in the order of their numbers. */
  public List<Checkpoint> checkpoints() {
    return List.copyOf(parts.values());
  }

  /** What all ranges together have done. */
  public RowTally rows() {
    return parts.values().stream().map(Checkpoint::rows).reduce(RowTally.NONE, RowTally::plus);
  }

  /** Whether the slice was empty when the pass began, so that all its rows come from this pass. */
  public boolean fresh() {
    return fresh;
  }

  /** Whether the pass is finished: in this grant, or before. */
  public boolean finished() {
    return finished;
  }

  /**
   * Up to which change earlier passes have brought the slice; empty when its rows have vanished, or
   * nobody knows.
   *
   * @param of what it must belong to, see {@link SliceSession#begin}
   */
  public Optional<String> watermark(String of) {
    return fresh ? Optional.empty() : watermark.reached(of);
  }

  /** Whether the pass has committed nothing. */
  public boolean atStart() {
    return parts.values().stream().allMatch(part -> part.chunks() == 0) && parts.size() == 1;
  }

  /**
   * A session that writes the slice beside others, with a mark of its own.
   *
   * @param session not in auto-commit mode
   * @param number of the session, below {@link #MOST_SESSIONS}; 0 is the one that claimed
   * @param seconds how long to wait for a session of that number that is just ending
   * @return empty when it has not ended by then
   */
  public Optional<SliceSession> join(Connection session, int number, int seconds)
      throws SQLException {
    SessionMark mark = marks.of(number);
    boolean taken = mark.take(session, seconds);
    session.commit();
    return taken ? Optional.of(new SliceSession(this, rows, session, mark)) : Optional.empty();
  }

  void committed(Checkpoint checkpoint) {
    parts.put(checkpoint.part(), checkpoint);
  }

  void finish() {
    finished = true;
  }

  /** The pass is not finished with its last range, but by {@link SliceSession#finish} alone. */
  public void holdOpen() {
    heldOpen = true;
  }

  /** Whether nothing is left to do once this range is done. */
  boolean finishesWith(Checkpoint last) {
    return !heldOpen
        && last.finished()
        && parts.values().stream().allMatch(part -> part.finished() || part.part() == last.part());
  }

  boolean allDone() {
    return parts.values().stream().allMatch(Checkpoint::finished);
  }

  /** The next number for a range. */
  synchronized int nextPart() {
    return parts.keySet().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
  }
}
