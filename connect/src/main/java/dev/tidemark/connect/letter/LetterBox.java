package dev.tidemark.connect.letter;

import dev.tidemark.connect.catalog.TablePath;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.dialect.Dialects;
import dev.tidemark.connect.table.TableEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The letters of a target, for people. Sessions are in auto-commit mode, and stay the caller's.
 * Where nobody has written a letter yet there is no table of them, and none is made.
 */
public final class LetterBox {

  private static final String BY_ID = " WHERE id = ?";

  private final ConnectionConfiguration target;
  private final LetterTable table;

  public LetterBox(ConnectionConfiguration target) {
    this.target = target;
    this.table = new LetterTable(target);
  }

  /**
   * A page of letters, newest first.
   *
   * @param targetTable of this table alone; of all when null
   * @param state in this state alone; in any when null
   * @param cursor where the page before ended; null for the first
   * @throws IllegalArgumentException when the cursor is none
   */
  public LetterPage page(
      Connection session,
      @Nullable String targetTable,
      @Nullable LetterState state,
      @Nullable String cursor,
      int limit)
      throws SQLException {
    List<String> values = new ArrayList<>();
    String where = " WHERE 1 = 1";
    if (targetTable != null) {
      where += " AND table_name = ?";
      values.add(targetTable);
    }
    if (state != null) {
      where += " AND state = ?";
      values.add(state.word());
    }
    if (cursor != null) {
      LetterCursor last = LetterCursor.parse(cursor);
      String moment = table.moment();
      where += (" AND (first_at < " + moment + " OR first_at = " + moment) + " AND id < ?)";
      values.addAll(List.of(table.text(last.firstAt()), table.text(last.firstAt()), last.id()));
    }
    List<DeadLetter> letters =
        table.isThere(session)
            ? letters(
                session, where + " ORDER BY first_at DESC, id DESC LIMIT " + (limit + 1), values)
            : List.of();
    boolean more = letters.size() > limit;
    List<DeadLetter> page = more ? letters.subList(0, limit) : letters;
    return new LetterPage(page, more ? page.getLast().cursor() : null);
  }

  /** The letter of an id. */
  public Optional<DeadLetter> find(Connection session, String id) throws SQLException {
    return table.isThere(session)
        ? letters(session, BY_ID, List.of(id)).stream().findFirst()
        : Optional.empty();
  }

  /**
   * The tables that may be meant where letters are asked for: those of the target, and those that
   * have letters and are there no more. Each is spelled as its letters spell it.
   */
  public List<TablePath> tables(Connection session) throws SQLException {
    List<String> names = new ArrayList<>(withLetters(session));
    for (TableEntry entry : Dialects.of(target.type()).tables(session, target.schema())) {
      if (names.stream().noneMatch(name -> same(name, entry.name()))) {
        names.add(entry.name());
      }
    }
    return names.stream().map(name -> new TablePath(target.name(), target.schema(), name)).toList();
  }

  /** The file system of a server may have put a name into lower case. */
  private boolean same(String name, String other) {
    return target.type() == DatabaseType.POSTGRESQL
        ? name.equals(other)
        : name.equalsIgnoreCase(other);
  }

  private List<String> withLetters(Connection session) throws SQLException {
    List<String> names = new ArrayList<>();
    if (table.isThere(session)) {
      try (PreparedStatement query =
              session.prepareStatement(
                  "SELECT DISTINCT table_name FROM " + table.name() + " ORDER BY table_name");
          ResultSet row = query.executeQuery()) {
        while (row.next()) {
          names.add(row.getString(1));
        }
      }
    }
    return names;
  }

  /**
   * The open letters of a table, slice by slice, the oldest first.
   *
   * @param ids of these alone; all when empty
   */
  public List<LetterPlace> open(Connection session, String targetTable, List<String> ids)
      throws SQLException {
    if (!table.isThere(session)) {
      return List.of();
    }
    List<LetterPlace> places = new ArrayList<>();
    try (PreparedStatement query =
        session.prepareStatement(
            ("SELECT id, slice, task FROM " + table.name())
                + " WHERE table_name = ? AND state = 'open' ORDER BY slice, first_at, id")) {
      query.setString(1, targetTable);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          places.add(new LetterPlace(row.getString(1), row.getString(2), row.getString(3)));
        }
      }
    }
    return ids.isEmpty()
        ? places
        : places.stream().filter(place -> ids.contains(place.id())).toList();
  }

  /**
   * Adds to what is edited of an open letter.
   *
   * @param edits target column to its new value, null for NULL
   * @return false when the letter is not open, or there is none
   */
  public boolean edit(Connection session, String id, Map<String, ? extends @Nullable String> edits)
      throws SQLException {
    session.setAutoCommit(false);
    try {
      Optional<DeadLetter> letter =
          letters(session, BY_ID + " AND state = 'open' FOR UPDATE", List.of(id)).stream()
              .findFirst();
      if (letter.isPresent()) {
        Map<String, @Nullable String> all = new LinkedHashMap<>(letter.get().edits());
        all.putAll(edits);
        int ignored = update(session, "edits = ?", id, LetterJson.print(all));
      }
      session.commit();
      return letter.isPresent();
    } finally {
      session.rollback();
      session.setAutoCommit(true);
    }
  }

  /**
   * Does without the row of an open letter.
   *
   * @return false when the letter is not open, or there is none
   */
  public boolean discard(Connection session, String id) throws SQLException {
    return update(session, "state = 'discarded'", id) == 1;
  }

  private int update(Connection session, String change, String id, String... values)
      throws SQLException {
    try (PreparedStatement update =
        session.prepareStatement(
            ("UPDATE " + table.name() + " SET " + change)
                + (", last_at = CURRENT_TIMESTAMP(6)" + BY_ID + " AND state = 'open'"))) {
      for (int i = 0; i < values.length; i++) {
        update.setString(i + 1, values[i]);
      }
      update.setString(values.length + 1, id);
      return update.executeUpdate();
    }
  }

  private List<DeadLetter> letters(Connection session, String rest, List<String> values)
      throws SQLException {
    List<DeadLetter> letters = new ArrayList<>();
    try (PreparedStatement query =
        session.prepareStatement(
            "SELECT " + LetterTable.COLUMNS + " FROM " + table.name() + rest)) {
      for (int i = 0; i < values.size(); i++) {
        query.setString(i + 1, values.get(i));
      }
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          letters.add(LetterTable.read(row));
        }
      }
    }
    return letters;
  }
}
