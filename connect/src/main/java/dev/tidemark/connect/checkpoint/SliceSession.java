package dev.tidemark.connect.checkpoint;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A session that writes ranges of a slice. What it commits, it commits behind the fence. */
public final class SliceSession {

  private final Slice slice;
  private final SliceRows rows;
  private final Connection session;
  private final SessionMark mark;

  SliceSession(Slice slice, SliceRows rows, Connection session, SessionMark mark) {
    this.slice = slice;
    this.rows = rows;
    this.session = session;
    this.mark = mark;
  }

  /** The slice that it writes. */
  public Slice slice() {
    return slice;
  }

  /**
   * Commits how a pass begins that has committed nothing yet.
   *
   * @param first the range of all keys that it will read
   * @param watermark up to which change the slice will be when the pass is finished; null when
   *     nobody knows
   * @param of what that belongs to
   * @throws dev.tidemark.connect.failure.SyncException FENCED when somebody took the slice over
   */
  public void begin(Checkpoint first, @Nullable String watermark, String of) throws SQLException {
    rows.begin(session, watermark, of);
    rows.saveWithEnd(session, first);
    session.commit();
    slice.committed(first);
  }

  /**
   * Forgets up to which change the slice is in step: a pass of another kind may take rows away that
   * no later change brings back.
   *
   * @throws dev.tidemark.connect.failure.SyncException FENCED when somebody took the slice over
   */
  public void forgetWatermark() throws SQLException {
    rows.forgetWatermark(session);
    session.commit();
  }

  /**
   * Commits the rows written since the last commit together with the checkpoint that stands behind
   * them; with the last one also the end of the pass.
   *
   * @throws dev.tidemark.connect.failure.SyncException FENCED when somebody took the slice over;
   *     then everything is rolled back
   */
  public void commit(Checkpoint next) throws SQLException {
    boolean last = slice.finishesWith(next);
    if (last) {
      rows.finish(session);
    } else {
      rows.fence(session);
    }
    rows.save(session, next);
    session.commit();
    slice.committed(next);
    if (last) {
      slice.finish();
    }
  }

  /**
   * Commits that a range ends sooner, and that another begins behind it.
   *
   * @throws dev.tidemark.connect.failure.SyncException FENCED when somebody took the slice over
   */
  public void split(Checkpoint lower, Checkpoint upper) throws SQLException {
    rows.fence(session);
    rows.saveWithEnd(session, lower);
    rows.saveWithEnd(session, upper);
    session.commit();
    slice.committed(lower);
    slice.committed(upper);
  }

  /**
   * Makes sure that the slice is still held, and stays so until the transaction ends.
   *
   * @throws dev.tidemark.connect.failure.SyncException FENCED when somebody took it over
   */
  public void hold() throws SQLException {
    rows.fence(session);
  }

  /** Whether the slice is held at this moment. */
  boolean isHeld() throws SQLException {
    boolean held = rows.isHeld(session);
    session.commit();
    return held;
  }

  /**
   * Commits the end of the pass, once all of its ranges are done, if no chunk did.
   *
   * @throws dev.tidemark.connect.failure.SyncException FENCED when somebody took the slice over
   */
  public void finish() throws SQLException {
    if (!slice.finished()) {
      if (!slice.allDone()) {
        throw new IllegalStateException("a range of the pass is not done");
      }
      rows.finish(session);
      session.commit();
      slice.finish();
    }
  }

  /** Lets the slice go with its checkpoints kept, so that others need not ask who held it. */
  public void release() throws SQLException {
    session.rollback();
    rows.letGo(session);
    session.commit();
    leave();
  }

  /** Frees the session from the slice, which stays the run's; rolls back what is not committed. */
  public void leave() throws SQLException {
    session.rollback();
    mark.give(session);
    session.commit();
  }
}
