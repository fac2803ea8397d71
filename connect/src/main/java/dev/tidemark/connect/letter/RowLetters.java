package dev.tidemark.connect.letter;

import dev.tidemark.connect.checkpoint.SliceKey;
import dev.tidemark.connect.letter.RowLetter.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What the letters of a slice say of its rows, for whoever compares or copies them; reads only. */
public final class RowLetters {

  /**
   * As {@link SliceLetters} reads them: edits that were written, and rows that are done without.
   */
  private static final String DECIDED =
      "(state = 'resolved' AND edits IS NOT NULL OR state = 'discarded' AND code <> ?)";

  private final LetterTable table;
  private final SliceKey slice;

  /** Letters of a slice, of which there may be none. */
  public RowLetters(LetterTable table, SliceKey slice) {
    this.table = table;
    this.slice = slice;
  }

  /** Letters that are open, and those by which a person has decided. */
  public List<RowLetter> all(Connection session) throws SQLException {
    return letters(session, "(state = 'open' OR " + DECIDED + ")");
  }

  /** Letters by which a person has decided. */
  public List<RowLetter> decided(Connection session) throws SQLException {
    return letters(session, DECIDED);
  }

  private List<RowLetter> letters(Connection session, String which) throws SQLException {
    List<RowLetter> letters = new ArrayList<>();
    try (PreparedStatement query =
        session.prepareStatement(
            ("SELECT id, row_key, state FROM " + table.name())
                + (" WHERE table_name = ? AND slice = ? AND " + which + " ORDER BY id"))) {
      query.setString(1, slice.table());
      query.setString(2, slice.slice());
      query.setString(3, Refusal.GONE.code());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          letters.add(
              new RowLetter(
                  row.getString(1),
                  LetterJson.texts(row.getString(2)),
                  reason(LetterState.of(row.getString(3)))));
        }
      }
    }
    return letters;
  }

  private static Reason reason(LetterState state) {
    return switch (state) {
      case OPEN -> Reason.OPEN;
      case RESOLVED -> Reason.EDITED;
      case DISCARDED -> Reason.DISCARDED;
    };
  }

  /**
   * Whether a row is still the one that was refused, and about which a letter says something.
   *
   * @param present the row as it is now
   * @param masked columns that do not count
   */
  public boolean isOf(
      Connection session, RowLetter letter, RefusedRow present, MaskedColumns masked)
      throws SQLException {
    try (PreparedStatement query =
        session.prepareStatement(
            "SELECT row_values, task FROM " + table.name() + " WHERE id = ?")) {
      query.setString(1, letter.id());
      try (ResultSet row = query.executeQuery()) {
        return row.next()
            && present.isStill(LetterJson.nullable(row.getString(1)), masked.of(row.getString(2)));
      }
    }
  }
}
