package dev.tidemark.connect.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.SyncException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows in the target that one grant of a slice reads and writes. Commits nothing. */
final class SliceRows {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String THIS_PART = " WHERE table_name = ? AND slice = ? AND part = ?";

  private final DatabaseType type;
  private final String slices;
  private final String cursors;
  private final SliceKey key;
  private final long token;

  /**
   * @param slices the quoted name of the table of slices
   * @param cursors the quoted name of the table of cursors
   * @param token what the grant was given
   */
  SliceRows(DatabaseType type, String slices, String cursors, SliceKey key, long token) {
    this.type = type;
    this.slices = slices;
    this.cursors = cursors;
    this.key = key;
    this.token = token;
  }

  SliceKey key() {
    return key;
  }

  List<Checkpoint> load(Connection session) throws SQLException {
    List<Checkpoint> parts = new ArrayList<>();
    try (PreparedStatement query =
        session.prepareStatement(
            "SELECT part, position, part_end, finished, rows_read, rows_inserted, rows_updated,"
                + (" rows_deleted, rows_extra, chunks, rows_lettered FROM " + cursors)
                + " WHERE table_name = ? AND slice = ? ORDER BY part")) {
      query.setString(1, key.table());
      query.setString(2, key.slice());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          parts.add(
              new Checkpoint(
                  row.getInt(1),
                  parse(row.getString(2)),
                  parse(row.getString(3)),
                  row.getInt(4) != 0,
                  new RowTally(
                      row.getLong(5),
                      row.getLong(6),
                      row.getLong(7),
                      row.getLong(8),
                      row.getLong(9),
                      row.getLong(11)),
                  row.getLong(10)));
        }
      }
    }
    return parts;
  }

  /**
   * Holds off successors until the transaction ends. Sessions that write the slice together do not
   * wait for each other here.
   */
  void fence(Connection session) throws SQLException {
    if (!isHeld(session)) {
      throw fenced(session);
    }
  }

  /** Whether the token is still the slice's; then it is so until the transaction ends. */
  boolean isHeld(Connection session) throws SQLException {
    String share =
        switch (type) {
          case POSTGRESQL -> " FOR SHARE";
          case MYSQL, MARIADB -> " LOCK IN SHARE MODE";
        };
    try (PreparedStatement query =
        session.prepareStatement(
            ("SELECT 1 FROM " + slices)
                + (" WHERE table_name = ? AND slice = ? AND token = ?" + share))) {
      bindKey(query, 1);
      query.setLong(3, token);
      try (ResultSet row = query.executeQuery()) {
        return row.next();
      }
    }
  }

  /** As {@link #fence}, and marks the pass as finished. */
  void finish(Connection session) throws SQLException {
    change(
        session,
        "finished = 1, watermark = coalesce(next_watermark, watermark),"
            + " watermark_of = coalesce(next_watermark_of, watermark_of)");
  }

  /** As {@link #fence}, and says how far the slice will be when the pass is finished. */
  void begin(Connection session, @Nullable String watermark, String of) throws SQLException {
    change(
        session,
        "next_watermark = ?, next_watermark_of = ?",
        watermark,
        watermark == null ? null : of);
  }

  /** As {@link #fence}, and forgets the watermark. */
  void forgetWatermark(Connection session) throws SQLException {
    change(session, "watermark = NULL, watermark_of = NULL");
  }

  /** As {@link #fence}, and forgets the owner. */
  void letGo(Connection session) throws SQLException {
    change(session, "owner_namespace = NULL, owner_workflow = NULL, owner_run = NULL");
  }

  private void change(Connection session, String change, @Nullable String... values)
      throws SQLException {
    try (PreparedStatement update =
        session.prepareStatement(
            ("UPDATE " + slices + " SET " + change + ", updated_at = CURRENT_TIMESTAMP")
                + " WHERE table_name = ? AND slice = ? AND token = ?")) {
      for (int i = 0; i < values.length; i++) {
        update.setString(i + 1, values[i]);
      }
      bindKey(update, values.length + 1);
      update.setLong(values.length + 3, token);
      if (update.executeUpdate() != 1) {
        throw fenced(session);
      }
    }
  }

  private SyncException fenced(Connection session) throws SQLException {
    session.rollback();
    return new SyncException(
        ErrorCode.FENCED,
        key + " was taken over by a successor",
        Failures.remedy(ErrorCode.FENCED));
  }

  /**
   * Only whoever holds the token writes here, so a row that is not there was never there. Where a
   * range ends is not written again: a split may have moved it whose answer was lost.
   */
  void save(Connection session, Checkpoint next) throws SQLException {
    save(session, next, false);
  }

  /** As {@link #save}, with the end of the range. */
  void saveWithEnd(Connection session, Checkpoint next) throws SQLException {
    save(session, next, true);
  }

  private void save(Connection session, Checkpoint next, boolean withEnd) throws SQLException {
    try (PreparedStatement update =
        session.prepareStatement(
            ("UPDATE " + cursors)
                + (" SET position = ?, part_end = " + (withEnd ? "?" : "coalesce(part_end, ?)"))
                + ", finished = ?, rows_read = ?,"
                + " rows_inserted = ?, rows_updated = ?, rows_deleted = ?, rows_extra = ?, chunks = ?,"
                + " rows_lettered = ?"
                + THIS_PART)) {
      bind(update, next);
      if (update.executeUpdate() == 1) {
        return;
      }
    }
    try (PreparedStatement insert =
        session.prepareStatement(
            ("INSERT INTO " + cursors)
                + " (position, part_end, finished, rows_read, rows_inserted, rows_updated,"
                + " rows_deleted, rows_extra, chunks, rows_lettered, table_name, slice, part)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      bind(insert, next);
      insert.executeUpdate();
    }
  }

  private void bind(PreparedStatement statement, Checkpoint next) throws SQLException {
    statement.setString(1, print(next.cursor()));
    statement.setString(2, print(next.upTo()));
    statement.setInt(3, next.finished() ? 1 : 0);
    statement.setLong(4, next.rows().read());
    statement.setLong(5, next.rows().inserted());
    statement.setLong(6, next.rows().updated());
    statement.setLong(7, next.rows().deleted());
    statement.setLong(8, next.rows().extra());
    statement.setLong(9, next.chunks());
    statement.setLong(10, next.rows().deadLetters());
    bindKey(statement, 11);
    statement.setInt(13, next.part());
  }

  private void bindKey(PreparedStatement statement, int first) throws SQLException {
    statement.setString(first, key.table());
    statement.setString(first + 1, key.slice());
  }

  private static @Nullable List<String> parse(@Nullable String json) {
    try {
      return json == null ? null : List.of(JSON.readValue(json, String[].class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A cursor in the target is not what Tidemark wrote.", e);
    }
  }

  private static @Nullable String print(@Nullable List<String> cursor) {
    try {
      return cursor == null ? null : JSON.writeValueAsString(cursor);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts are always printable", e);
    }
  }
}
