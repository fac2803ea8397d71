package dev.tidemark.connect.checkpoint;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.dialect.Dialects;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What a target remembers of the tables that Tidemark has made there: whether they have their
 * indexes yet. A table that is not noted here was made by people, and is left as it is.
 *
 * <p>Every method needs the tables of {@link Slices#prepare}.
 */
public final class MadeTables {

  private final ConnectionConfiguration target;
  private final String name;

  public MadeTables(ConnectionConfiguration target) {
    this.target = target;
    this.name = Dialects.of(target.type()).quote(target.schema(), CheckpointTables.TABLE);
  }

  /**
   * Notes that a table is about to be made, before it is: whoever is killed in between makes it the
   * next time.
   *
   * @param session in auto-commit mode
   * @param awaitsIndexes whether there will be any to make
   */
  public void note(Connection session, String table, boolean awaitsIndexes) throws SQLException {
    int indexed = awaitsIndexes ? 0 : 1;
    if (change(session, table, indexed)) {
      return;
    }
    try (PreparedStatement insert =
        session.prepareStatement("INSERT INTO " + name + " (table_name, indexed) VALUES (?, ?)")) {
      insert.setString(1, table);
      insert.setInt(2, indexed);
      insert.executeUpdate();
    } catch (SQLException e) {
      // Two branches may make one table at once; then the other has noted it.
      if (Failures.classify(e) != ErrorCode.CONSTRAINT_VIOLATED) {
        throw e;
      }
    }
  }

  /** Whether Tidemark made the table, and has yet to make its indexes. */
  public boolean awaitsIndexes(Connection session, String table) throws SQLException {
    try (PreparedStatement query =
        session.prepareStatement("SELECT indexed FROM " + name + " WHERE table_name = ?")) {
      query.setString(1, table);
      try (ResultSet row = query.executeQuery()) {
        return row.next() && row.getInt(1) == 0;
      }
    }
  }

  /** Notes that nothing more is to be done for the table; commits with the open transaction. */
  public void indexed(Connection session, String table) throws SQLException {
    boolean ignored = change(session, table, 1);
  }

  private boolean change(Connection session, String table, int indexed) throws SQLException {
    try (PreparedStatement update =
        session.prepareStatement(
            ("UPDATE " + name + " SET indexed = ?, updated_at = CURRENT_TIMESTAMP")
                + " WHERE table_name = ?")) {
      update.setInt(1, indexed);
      update.setString(2, table);
      return update.executeUpdate() == 1;
    }
  }

  /**
   * Takes the right to make the indexes of a table, which one session has at a time. It goes when
   * the session goes.
   *
   * @return false when another session has it
   */
  public boolean take(Connection session, String table) throws SQLException {
    return mark(table).takeNow(session);
  }

  /** Gives the right back. */
  public void give(Connection session, String table) throws SQLException {
    mark(table).give(session);
  }

  private SessionMark mark(String table) {
    // No slice is called so: a slice is a list of columns and values.
    return new SessionMark(target.type(), target.schema(), new SliceKey(table, "\nindexes"), 0);
  }
}
