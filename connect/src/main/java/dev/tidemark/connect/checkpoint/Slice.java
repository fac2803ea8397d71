package dev.tidemark.connect.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.SyncException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A slice that was granted, bound to the session that writes it. */
public final class Slice {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ONLY_PART = 0;

  private final Connection session;
  private final String slices;
  private final String cursors;
  private final SliceKey key;
  private final long token;
  private final boolean fresh;
  private final boolean finished;
  private final SessionMark mark;
  private Checkpoint checkpoint = Checkpoint.START;
  private boolean saved;

  Slice(
      Connection session,
      String slices,
      String cursors,
      SliceKey key,
      long token,
      boolean fresh,
      boolean finished,
      SessionMark mark) {
    this.session = session;
    this.slices = slices;
    this.cursors = cursors;
    this.key = key;
    this.token = token;
    this.fresh = fresh;
    this.finished = finished;
    this.mark = mark;
  }

  /** Where the pass stands: what was committed last. */
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  /** Whether the slice was empty when the pass began, so that all its rows come from this pass. */
  public boolean fresh() {
    return fresh;
  }

  /** Whether the pass was finished before. */
  public boolean finished() {
    return finished;
  }

  void load() throws SQLException {
    try (PreparedStatement query =
        session.prepareStatement(
            "SELECT position, rows_read, rows_inserted, rows_updated, chunks FROM "
                + cursors
                + " WHERE table_name = ? AND slice = ? AND part = ?")) {
      query.setString(1, key.table());
      query.setString(2, key.slice());
      query.setInt(3, ONLY_PART);
      try (ResultSet row = query.executeQuery()) {
        if (row.next()) {
          saved = true;
          checkpoint =
              new Checkpoint(
                  parse(row.getString(1)),
                  row.getLong(2),
                  row.getLong(3),
                  row.getLong(4),
                  row.getLong(5));
        }
      }
    }
  }

  /**
   * Commits the rows written since the last commit together with the checkpoint that stands behind
   * them.
   *
   * @throws SyncException FENCED when somebody took the slice over; then everything is rolled back
   */
  public void commit(Checkpoint next) throws SQLException {
    fence(false, false);
    save(next);
    session.commit();
    saved = true;
    checkpoint = next;
  }

  /**
   * Commits the last rows together with the end of the pass, and lets the slice go.
   *
   * @throws SyncException FENCED when somebody took the slice over; then everything is rolled back
   */
  public void finish(Checkpoint last) throws SQLException {
    fence(false, true);
    save(last);
    session.commit();
    saved = true;
    checkpoint = last;
    giveMark();
  }

  /** Lets the slice go with its checkpoint kept, so that others need not ask who held it. */
  public void release() throws SQLException {
    session.rollback();
    fence(true, false);
    session.commit();
    giveMark();
  }

  /** Keeps the slice for the run, but frees the session from it. */
  public void unmark() throws SQLException {
    session.rollback();
    giveMark();
  }

  private void giveMark() throws SQLException {
    mark.give(session);
    session.commit();
  }

  private void fence(boolean letGo, boolean done) throws SQLException {
    String change =
        (letGo ? "owner_namespace = NULL, owner_workflow = NULL, owner_run = NULL, " : "")
            + (done ? "finished = 1, " : "")
            + "updated_at = CURRENT_TIMESTAMP";
    try (PreparedStatement update =
        session.prepareStatement(
            "UPDATE "
                + slices
                + " SET "
                + change
                + " WHERE table_name = ? AND slice = ? AND token = ?")) {
      update.setString(1, key.table());
      update.setString(2, key.slice());
      update.setLong(3, token);
      if (update.executeUpdate() != 1) {
        session.rollback();
        throw new SyncException(
            ErrorCode.FENCED,
            key + " was taken over by a successor",
            Failures.remedy(ErrorCode.FENCED));
      }
    }
  }

  private void save(Checkpoint next) throws SQLException {
    // Only the holder of the token writes here, so what was there at the claim is there now.
    write(
        saved
            ? "UPDATE "
                + cursors
                + " SET position = ?, rows_read = ?, rows_inserted = ?, rows_updated = ?,"
                + " chunks = ? WHERE table_name = ? AND slice = ? AND part = ?"
            : "INSERT INTO "
                + cursors
                + " (position, rows_read, rows_inserted, rows_updated, chunks, table_name, slice,"
                + " part) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        next);
  }

  private void write(String sql, Checkpoint next) throws SQLException {
    try (PreparedStatement statement = session.prepareStatement(sql)) {
      statement.setString(1, print(next.cursor()));
      statement.setLong(2, next.read());
      statement.setLong(3, next.inserted());
      statement.setLong(4, next.updated());
      statement.setLong(5, next.chunks());
      statement.setString(6, key.table());
      statement.setString(7, key.slice());
      statement.setInt(8, ONLY_PART);
      statement.executeUpdate();
    }
  }

  private static @Nullable String print(@Nullable List<String> cursor) {
    try {
      return cursor == null ? null : JSON.writeValueAsString(cursor);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a list of texts is always JSON", e);
    }
  }

  private static @Nullable List<String> parse(@Nullable String position) throws SQLException {
    try {
      return position == null ? null : JSON.readValue(position, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new SQLException("the cursor is not one that Tidemark wrote: " + position, e);
    }
  }
}
