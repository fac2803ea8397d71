package dev.tidemark.connect.letter;

import dev.tidemark.connect.checkpoint.SliceKey;
import dev.tidemark.connect.digest.Sha256;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.LongValues;
import dev.tidemark.connect.failure.SyncException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The letters of a slice, for who holds it. Commits nothing: a letter belongs into the transaction
 * that passes over its row, or that writes it, behind the fence of the slice.
 *
 * <p>Sessions that write one slice together must not keep letters at the same time: the limit would
 * not hold.
 */
public final class SliceLetters {

  /** What became of a refused row. */
  public enum Kept {
    /** There is an open letter of it, for the first time in this pass. */
    NEW,
    /** There was one already, of this pass. */
    AGAIN,
    /** Somebody has decided about exactly this row before. */
    DECIDED
  }

  /**
   * Who writes letters.
   *
   * @param source the table that is read
   * @param pass what the slice's cursors belong to
   * @param task what whoever tries again has to know
   * @param limit open letters that the slice may have
   */
  public record Writer(String source, String pass, String task, int limit) {

    public Writer {
      Objects.requireNonNull(source, "source");
      Objects.requireNonNull(pass, "pass");
      Objects.requireNonNull(task, "task");
    }
  }

  private static final int ID_BYTES = 10;
  private static final int DAYS_KEPT = 30;
  private static final String NOW = "last_at = CURRENT_TIMESTAMP(6)";
  private static final String BY_ID = " WHERE id = ?";
  private static final String OPEN = " WHERE table_name = ? AND slice = ? AND state = 'open'";

  private final LetterTable table;
  private final SliceKey slice;
  private final Writer writer;
  private final MaskedColumns masked;

  /**
   * Letters of a slice.
   *
   * @param masked columns that do not say whether the source has changed a row
   */
  public SliceLetters(LetterTable table, SliceKey slice, Writer writer, MaskedColumns masked) {
    this.table = table;
    this.slice = slice;
    this.writer = writer;
    this.masked = masked;
  }

  /**
   * A pass begins, which has seen no row yet. Letters that were settled long ago, and by nobody's
   * decision, are forgotten.
   */
  public void begin(Connection session) throws SQLException {
    update(
        session,
        ("DELETE FROM " + table.name() + " WHERE table_name = ? AND slice = ?")
            + " AND (state = 'resolved' AND edits IS NULL OR state = 'discarded' AND code = ?)"
            + (" AND last_at < " + table.daysAgo(DAYS_KEPT)),
        slice.table(),
        slice.slice(),
        Refusal.GONE.code());
    update(
        session, "UPDATE " + table.name() + " SET seen = 0" + OPEN, slice.table(), slice.slice());
  }

  /** Whether the table that is written has a row of the key. */
  @FunctionalInterface
  public interface Written {
    boolean isThere() throws SQLException;
  }

  /**
   * Keeps a row that was refused. The row's letter is renewed where it has one. What a person
   * decided holds; but an edited row that is not where it was written to is to be written again.
   * Edits stay with the letter as long as its row has not arrived: they may be of use once more.
   *
   * @param written asked only where it matters
   * @throws SyncException TOO_MANY_DEAD_LETTERS when the slice has as many as it may have
   */
  public Kept keep(Connection session, RefusedRow row, Refusal refusal, Written written)
      throws SQLException {
    String id = id(row.key());
    Optional<Found> found = find(session, id);
    if (found.isEmpty()) {
      checkLimit(session, row, refusal);
      insert(session, id, row, refusal);
      return Kept.NEW;
    }
    Found before = found.get();
    String values = LetterJson.print(row.values());
    boolean decided = before.decides(row, masked);
    if (decided && (before.state() == LetterState.DISCARDED || written.isThere())) {
      update(
          session,
          "UPDATE " + table.name() + " SET attempts = attempts + 1, seen = 1, " + NOW + BY_ID,
          id);
      return Kept.DECIDED;
    }
    boolean open = before.state() == LetterState.OPEN;
    if (!open) {
      checkLimit(session, row, refusal);
    }
    renew(session, id, values, refusal, open, before.byAPerson());
    return open && before.seen() ? Kept.AGAIN : Kept.NEW;
  }

  /**
   * A letter and its row.
   *
   * @param key source column to value
   */
  public record Place(String id, Map<String, String> key) {}

  /** Open letters whose rows this pass has not been refused; without their values. */
  public List<Place> unseen(Connection session) throws SQLException {
    return places(session, OPEN + " AND seen = 0");
  }

  /** Open letters, without their values. */
  public List<Place> open(Connection session) throws SQLException {
    return places(session, OPEN);
  }

  private long count(Connection session) throws SQLException {
    try (PreparedStatement query =
        session.prepareStatement("SELECT count(*) FROM " + table.name() + OPEN)) {
      query.setString(1, slice.table());
      query.setString(2, slice.slice());
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private List<Place> places(Connection session, String which) throws SQLException {
    List<Place> letters = new ArrayList<>();
    try (PreparedStatement query =
        session.prepareStatement(
            ("SELECT id, row_key FROM " + table.name()) + which + " ORDER BY id")) {
      query.setString(1, slice.table());
      query.setString(2, slice.slice());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          letters.add(new Place(row.getString(1), LetterJson.texts(row.getString(2))));
        }
      }
    }
    return letters;
  }

  /** The letter of this id, locked until the transaction ends; empty when it is not open. */
  public Optional<DeadLetter> lockOpen(Connection session, String id) throws SQLException {
    try (PreparedStatement query =
        session.prepareStatement(
            ("SELECT " + LetterTable.COLUMNS + " FROM " + table.name() + OPEN)
                + " AND id = ? FOR UPDATE")) {
      query.setString(1, slice.table());
      query.setString(2, slice.slice());
      query.setString(3, id);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(LetterTable.read(row)) : Optional.empty();
      }
    }
  }

  /** The row has arrived. */
  public void resolve(Connection session, String id) throws SQLException {
    update(session, "UPDATE " + table.name() + " SET state = 'resolved', " + NOW + BY_ID, id);
  }

  /** The row is as the source has it: whatever somebody decided about it has come to its end. */
  public void arrived(Connection session, String id) throws SQLException {
    update(
        session,
        "UPDATE " + table.name() + " SET state = 'resolved', edits = NULL, " + NOW + BY_ID,
        id);
  }

  /**
   * The source has changed a row about which somebody had decided, so that the decision is over.
   * The pass that is about to read the row finds out what becomes of it; until it has arrived, the
   * letter keeps the edits, which nobody else has.
   */
  public void reopen(Connection session, String id) throws SQLException {
    update(session, "UPDATE " + table.name() + " SET state = 'open', seen = 0, " + NOW + BY_ID, id);
  }

  /** The source has the row no more. */
  public void gone(Connection session, String id) throws SQLException {
    update(
        session,
        ("UPDATE " + table.name() + " SET state = 'discarded', code = ?, reason = ?,")
            + (" column_name = NULL, " + NOW + BY_ID),
        Refusal.GONE.code(),
        Refusal.GONE.message(),
        id);
  }

  /** The row was refused once more, with other words perhaps. */
  public void refusedAgain(Connection session, String id, RefusedRow row, Refusal refusal)
      throws SQLException {
    update(
        session,
        ("UPDATE " + table.name() + " SET row_values = ?, code = ?, reason = ?, column_name = ?,")
            + (" attempts = attempts + 1, " + NOW + BY_ID),
        LetterJson.print(row.values()),
        refusal.code(),
        refusal.message(),
        refusal.column(),
        id);
  }

  private record Found(
      LetterState state,
      @Nullable String edits,
      String values,
      String code,
      boolean seen,
      String task) {

    /** Whether somebody has decided about the letter's row. */
    boolean byAPerson() {
      return switch (state) {
        case OPEN -> false;
        case RESOLVED -> edits != null;
        case DISCARDED -> !code.equals(Refusal.GONE.code());
      };
    }

    /** Whether the row is the one about which somebody has decided. */
    boolean decides(RefusedRow present, MaskedColumns masked) {
      return byAPerson() && present.isStill(LetterJson.nullable(values), masked.of(task));
    }
  }

  private Optional<Found> find(Connection session, String id) throws SQLException {
    try (PreparedStatement query =
        session.prepareStatement(
            ("SELECT state, edits, row_values, code, seen, task FROM " + table.name() + BY_ID)
                + " FOR UPDATE")) {
      query.setString(1, id);
      try (ResultSet row = query.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Found(
                    LetterState.of(row.getString(1)),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getInt(5) != 0,
                    row.getString(6)))
            : Optional.empty();
      }
    }
  }

  private void checkLimit(Connection session, RefusedRow row, Refusal refusal) throws SQLException {
    if (count(session) >= writer.limit()) {
      throw new SyncException(
          ErrorCode.TOO_MANY_DEAD_LETTERS,
          ("Table " + slice + " has " + writer.limit() + " open dead letters, as many as it may")
              + (" have, and one more row of " + writer.source() + ", " + named(row))
              + " is refused: "
              // Not the database's words: they may hold the row's values.
              + refusal.code()
              + (refusal.column() == null ? "" : " in column " + refusal.column()),
          Failures.remedy(ErrorCode.TOO_MANY_DEAD_LETTERS));
    }
  }

  private static String named(RefusedRow row) {
    return row.key().entrySet().stream()
        .map(column -> column.getKey() + "=" + LongValues.cut(column.getValue()))
        .collect(Collectors.joining(", "));
  }

  private void insert(Connection session, String id, RefusedRow row, Refusal refusal)
      throws SQLException {
    update(
        session,
        ("INSERT INTO " + table.name() + " (id, table_name, slice, source, pass, row_key,")
            + " row_values, code, reason, column_name, task, state, attempts, seen, first_at,"
            + " last_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', 1, 1,"
            + " CURRENT_TIMESTAMP(6), CURRENT_TIMESTAMP(6))",
        id,
        slice.table(),
        slice.slice(),
        writer.source(),
        writer.pass(),
        LetterJson.print(row.key()),
        LetterJson.print(row.values()),
        refusal.code(),
        refusal.message(),
        refusal.column(),
        writer.task());
  }

  private void renew(
      Connection session,
      String id,
      String values,
      Refusal refusal,
      boolean open,
      boolean keepsEdits)
      throws SQLException {
    update(
        session,
        ("UPDATE " + table.name() + " SET source = ?, pass = ?, task = ?, row_values = ?,")
            + " code = ?, reason = ?, column_name = ?, state = 'open', seen = 1, "
            + (open
                ? "attempts = attempts + 1, "
                : "attempts = 1, first_at = CURRENT_TIMESTAMP(6), ")
            + (open || keepsEdits ? "" : "edits = NULL, ")
            + (NOW + BY_ID),
        writer.source(),
        writer.pass(),
        writer.task(),
        values,
        refusal.code(),
        refusal.message(),
        refusal.column(),
        id);
  }

  /** The same for the same row of the same slice. */
  private String id(Map<String, String> key) {
    String row = String.join("\n", slice.table(), slice.slice(), LetterJson.print(key));
    return HexFormat.of().formatHex(Sha256.of(row), 0, ID_BYTES);
  }

  private static void update(Connection session, String sql, @Nullable String... values)
      throws SQLException {
    try (PreparedStatement update = session.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        update.setString(i + 1, values[i]);
      }
      update.executeUpdate();
    }
  }
}
