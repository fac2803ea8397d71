package dev.tidemark.connect.checkpoint;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.dialect.Dialects;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.table.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Grants slices of a target database.
 *
 * <p>A slice is granted when nobody holds it, when an earlier attempt of the same run does, or when
 * the run that holds it is closed. Every grant raises the token; whoever holds an older one can
 * commit nothing more. No clock is asked.
 *
 * <p>Slices that share rows are granted one at a time, too. A run keeps its own from other runs
 * until it closes. Among the tables of one run, a slice is held as long as a session writes it: one
 * whose table is skipped or paused, or waits for its next attempt, keeps no other one waiting. So
 * whoever waits holds nothing, and whoever holds writes.
 */
public final class Slices {

  private static final int SECONDS_FOR_A_SESSION_TO_END = 10;

  private final ConnectionConfiguration target;
  private final Dialect dialect;
  private final OwnerLookup lookup;

  public Slices(ConnectionConfiguration target, OwnerLookup lookup) {
    this.target = target;
    this.dialect = Dialects.of(target.type());
    this.lookup = lookup;
  }

  /** Creates the tables of locks and cursors unless they exist. */
  public void prepare(Connection session) throws SQLException {
    CheckpointTables.create(session, dialect, target.type(), target.schema());
  }

  /** Says whether a slice has no row. */
  @FunctionalInterface
  public interface Emptiness {

    /**
     * Looks at the rows.
     *
     * @param finished whether a finished pass is meant, or one that is under way
     */
    boolean isEmpty(boolean finished) throws SQLException;
  }

  /**
   * Takes a slice, ending the session of whoever held it before.
   *
   * @param session not in auto-commit mode; the first of those that write the slice
   * @param emptiness asked when a new pass begins, or when one goes on that has written: rows that
   *     vanished meanwhile, with their table perhaps, are copied again from the start
   * @throws SliceBusyException naming the holder
   * @throws SyncException FENCED when this attempt has a successor; PREDECESSOR_ENDING when the
   *     slice is granted, but the session that wrote it before has not ended yet: claim again
   */
  public SliceSession claim(
      Connection session, SliceKey key, Claimant claimant, Emptiness emptiness)
      throws SQLException {
    return take(
        session,
        key,
        claimant,
        (row, marks) -> grant(session, key, claimant, row, marks, emptiness));
  }

  /**
   * As {@link #claim}, to write a few rows of a slice: its pass, and how far that has come, stay
   * what they are. To be released after that.
   *
   * @param generation how often the run has scheduled this work, from 1
   * @param attempt the attempt within that schedule, from 1
   */
  public SliceSession borrow(
      Connection session, SliceKey key, Owner owner, int generation, int attempt)
      throws SQLException {
    Claimant claimant = new Claimant(owner, "", "", generation, attempt, false);
    return take(session, key, claimant, (row, marks) -> lend(session, key, claimant, row, marks));
  }

  @FunctionalInterface
  private interface Grant {
    Slice of(SliceRow locked, SessionMarks marks) throws SQLException;
  }

  private SliceSession take(Connection session, SliceKey key, Claimant claimant, Grant grant)
      throws SQLException {
    SessionMarks marks = marks(key);
    OverlappingSlices overlapping = new OverlappingSlices(slices(), key);
    while (true) {
      // Before the row: whoever takes a mark after this look was granted what that row does not
      // tell yet, and is not to be ended.
      Map<SessionMark, Long> holders = marks.holders(session);
      SliceRow seen = read(session, key, false);
      session.commit();
      entitle(session, key, claimant, seen, marks);
      marks.end(session, holders);
      session.commit();
      if (seen == null) {
        insert(session, key);
      }
      boolean alone = overlapping.find(session).isEmpty();
      if (!alone) {
        overlapping.lock(session);
      }
      SliceRow locked = read(session, key, true);
      long seenToken = seen == null ? 0 : seen.token();
      List<OverlappingSlices.Neighbor> neighbors = overlapping.find(session);
      if (locked == null || locked.token() != seenToken || (alone && !neighbors.isEmpty())) {
        // Somebody was quicker; look again who it is.
        session.rollback();
        continue;
      }
      refuseBeside(session, key, claimant.owner(), neighbors);
      Slice slice = grant.of(locked, marks);
      overlapping.fence(session, neighbors);
      session.commit();
      SliceSession granted = joined(session, key, slice);
      if (granted.isHeld()) {
        return granted;
      }
      // Until it bore its mark, another table of the run could not see that it is written, and may
      // have been granted a slice beside it.
      granted.leave();
    }
  }

  private static SliceSession joined(Connection session, SliceKey key, Slice slice)
      throws SQLException {
    return slice
        .join(session, 0, SECONDS_FOR_A_SESSION_TO_END)
        .orElseThrow(
            () ->
                new SyncException(
                    ErrorCode.PREDECESSOR_ENDING,
                    "A database session that wrote " + key + " before is still ending",
                    Failures.remedy(ErrorCode.PREDECESSOR_ENDING)));
  }

  private void entitle(
      Connection session,
      SliceKey key,
      Claimant claimant,
      @Nullable SliceRow row,
      SessionMarks marks)
      throws SQLException {
    // A finished pass holds nothing, but its row still tells whose it was.
    Owner owner = row == null || row.finished() ? null : row.owner();
    if (row != null
        && claimant.pass().equals(row.pass())
        && row.source() != null
        && !claimant.source().equals(row.source())) {
      throw new SyncException(
          ErrorCode.SLICE_SHARED,
          key + " is written by " + row.source() + " in the same batch",
          Failures.remedy(ErrorCode.SLICE_SHARED));
    }
    if (row != null && claimant.owner().equals(owner)) {
      if (!claimant.follows(row.generation(), row.attempt())) {
        throw fenced(key, "a later attempt of the same run");
      }
      return;
    }
    if (lookup.stateOf(claimant.owner()) == OwnerState.CLOSED) {
      throw fenced(key, "nobody: the run of this attempt is closed");
    }
    Optional<String> holder = owner == null ? Optional.empty() : holder(session, owner, marks);
    if (holder.isPresent()) {
      throw new SliceBusyException(key, holder.get());
    }
  }

  /** Two that write the same rows wait for each other, as two of one slice do. */
  private void refuseBeside(
      Connection session, SliceKey key, Owner self, List<OverlappingSlices.Neighbor> neighbors)
      throws SQLException {
    Optional<String> holder = holderBeside(session, self, neighbors);
    if (holder.isPresent()) {
      session.rollback();
      throw new SliceBusyException(key, holder.get());
    }
  }

  /** In words, with the slice that it holds, if anybody holds one of these. */
  private Optional<String> holderBeside(
      Connection session, Owner self, List<OverlappingSlices.Neighbor> neighbors)
      throws SQLException {
    for (OverlappingSlices.Neighbor neighbor : neighbors) {
      Optional<String> holder = holderBeside(session, self, neighbor);
      if (holder.isPresent()) {
        return Optional.of(holder.get() + ", as " + neighbor.key());
      }
    }
    return Optional.empty();
  }

  /**
   * That a run is running does not tell which of its tables are copied, and it cannot close while
   * one of them waits. So among those their sessions decide. One that is alive but has lost its
   * session is no danger: the grant beside it raises its token.
   */
  private Optional<String> holderBeside(
      Connection session, Owner self, OverlappingSlices.Neighbor neighbor) throws SQLException {
    Owner owner = neighbor.owner();
    SessionMarks marks = marks(neighbor.key());
    if (owner == null) {
      return Optional.empty();
    }
    if (!owner.equals(self)) {
      return holder(session, owner, marks);
    }
    return marks.holders(session).isEmpty() ? Optional.empty() : Optional.of(owner.workflowId());
  }

  /** In words, if that owner holds what it once was granted. */
  private Optional<String> holder(Connection session, Owner owner, SessionMarks marks)
      throws SQLException {
    return switch (lookup.stateOf(owner)) {
      case RUNNING -> Optional.of(owner.workflowId());
      case CLOSED -> Optional.empty();
      case UNKNOWN ->
          !marks.holders(session).isEmpty()
              ? Optional.of(owner.workflowId() + " of another Temporal namespace")
              : Optional.empty();
    };
  }

  /**
   * Who holds a slice, or one that shares rows with it, in words; empty when {@code self} could
   * claim it. Claims nothing, and commits.
   *
   * @param session not in auto-commit mode
   */
  public Optional<String> holder(Connection session, SliceKey key, Owner self) throws SQLException {
    SliceRow row = read(session, key, false);
    Owner owner = row == null || row.finished() ? null : row.owner();
    Optional<String> holder =
        owner == null || owner.equals(self) ? Optional.empty() : holder(session, owner, marks(key));
    if (holder.isEmpty()) {
      OverlappingSlices overlapping = new OverlappingSlices(slices(), key);
      holder = holderBeside(session, self, overlapping.find(session));
    }
    session.commit();
    return holder;
  }

  private Slice grant(
      Connection session,
      SliceKey key,
      Claimant claimant,
      SliceRow row,
      SessionMarks marks,
      Emptiness emptiness)
      throws SQLException {
    // Attempts of one run that find their own work finished must not start it over.
    boolean startsOver =
        row.finished() && claimant.startOverWhenFinished() && !claimant.owner().equals(row.owner());
    boolean samePass =
        claimant.pass().equals(row.pass()) && row.isOf(claimant.specification()) && !startsOver;
    boolean vanished = samePass && hasWritten(session, key) && emptiness.isEmpty(row.finished());
    boolean goesOn = samePass && !vanished;
    boolean fresh = goesOn ? row.fresh() : vanished || emptiness.isEmpty(false);
    boolean finished = goesOn && row.finished();
    if (!goesOn) {
      try (PreparedStatement delete =
          session.prepareStatement(
              "DELETE FROM " + cursors() + " WHERE table_name = ? AND slice = ?")) {
        delete.setString(1, key.table());
        delete.setString(2, key.slice());
        delete.executeUpdate();
      }
    }
    long token = row.token() + 1;
    try (PreparedStatement update =
        session.prepareStatement(
            "UPDATE "
                + slices()
                + " SET pass = ?, source = ?, owner_namespace = ?, owner_workflow = ?, owner_run = ?,"
                + " generation = ?, attempt = ?, token = ?, fresh = ?, finished = ?, specification = ?,"
                + (goesOn ? "" : " next_watermark = NULL, next_watermark_of = NULL,")
                + " updated_at = CURRENT_TIMESTAMP WHERE table_name = ? AND slice = ?")) {
      update.setString(1, claimant.pass());
      update.setString(2, claimant.source());
      update.setString(3, claimant.owner().namespace());
      update.setString(4, claimant.owner().workflowId());
      update.setString(5, claimant.owner().runId());
      update.setInt(6, claimant.generation());
      update.setInt(7, claimant.attempt());
      update.setLong(8, token);
      update.setInt(9, fresh ? 1 : 0);
      update.setInt(10, finished ? 1 : 0);
      update.setString(11, claimant.specification().isEmpty() ? null : claimant.specification());
      update.setString(12, key.table());
      update.setString(13, key.slice());
      update.executeUpdate();
    }
    SliceRows rows = new SliceRows(target.type(), slices(), cursors(), key, token);
    return new Slice(rows, marks, fresh, finished, row.watermark(), rows.load(session));
  }

  private Slice lend(
      Connection session, SliceKey key, Claimant claimant, SliceRow row, SessionMarks marks)
      throws SQLException {
    long token = row.token() + 1;
    try (PreparedStatement update =
        session.prepareStatement(
            "UPDATE "
                + slices()
                + " SET owner_namespace = ?, owner_workflow = ?, owner_run = ?, generation = ?,"
                + " attempt = ?, token = ?, updated_at = CURRENT_TIMESTAMP"
                + " WHERE table_name = ? AND slice = ?")) {
      update.setString(1, claimant.owner().namespace());
      update.setString(2, claimant.owner().workflowId());
      update.setString(3, claimant.owner().runId());
      update.setInt(4, claimant.generation());
      update.setInt(5, claimant.attempt());
      update.setLong(6, token);
      update.setString(7, key.table());
      update.setString(8, key.slice());
      update.executeUpdate();
    }
    SliceRows rows = new SliceRows(target.type(), slices(), cursors(), key, token);
    return new Slice(rows, marks, row.fresh(), row.finished(), row.watermark(), rows.load(session));
  }

  /** Whether a pass has begun there that no other has followed. */
  public boolean isOfPass(Connection session, SliceKey key, String pass) throws SQLException {
    SliceRow row = read(session, key, false);
    return row != null && pass.equals(row.pass());
  }

  private boolean hasWritten(Connection session, SliceKey key) throws SQLException {
    try (PreparedStatement query =
        session.prepareStatement(
            "SELECT 1 FROM "
                + cursors()
                + " WHERE table_name = ? AND slice = ? AND rows_read > 0 LIMIT 1")) {
      query.setString(1, key.table());
      query.setString(2, key.slice());
      try (ResultSet row = query.executeQuery()) {
        return row.next();
      }
    }
  }

  private @Nullable SliceRow read(Connection session, SliceKey key, boolean lock)
      throws SQLException {
    try (PreparedStatement query =
        session.prepareStatement(
            "SELECT "
                + SliceRow.COLUMNS
                + " FROM "
                + slices()
                + " WHERE table_name = ? AND slice = ?"
                + (lock ? " FOR UPDATE" : ""))) {
      query.setString(1, key.table());
      query.setString(2, key.slice());
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? SliceRow.read(row) : null;
      }
    }
  }

  private void insert(Connection session, SliceKey key) throws SQLException {
    try (PreparedStatement insert =
        session.prepareStatement(
            "INSERT INTO "
                + slices()
                + " (table_name, slice, generation, attempt, token, fresh, finished)"
                + " VALUES (?, ?, 0, 0, 0, 0, 0)")) {
      insert.setString(1, key.table());
      insert.setString(2, key.slice());
      insert.executeUpdate();
      session.commit();
    } catch (SQLException e) {
      session.rollback();
      if (Failures.classify(e) != ErrorCode.CONSTRAINT_VIOLATED) {
        throw e;
      }
      // Somebody else inserted it first; the locked read that follows finds it.
    }
  }

  private SessionMarks marks(SliceKey key) {
    return new SessionMarks(target.type(), target.schema(), key);
  }

  private String slices() {
    return dialect.quote(target.schema(), CheckpointTables.SLICE);
  }

  private String cursors() {
    return dialect.quote(target.schema(), CheckpointTables.CURSOR);
  }

  private static SyncException fenced(SliceKey key, String holder) {
    return new SyncException(
        ErrorCode.FENCED, key + " belongs to " + holder, Failures.remedy(ErrorCode.FENCED));
  }
}
