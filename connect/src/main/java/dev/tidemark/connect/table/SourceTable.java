package dev.tidemark.connect.table;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A table that is read, and a session that reads it. */
public record SourceTable(Connection session, Dialect dialect, TableMapping mapping) {

  public SourceTable {
    Objects.requireNonNull(session, "session");
    Objects.requireNonNull(dialect, "dialect");
    Objects.requireNonNull(mapping, "mapping");
  }

  /**
   * The row of a key as it is now; empty when there is none. The session must be free.
   *
   * @param key as {@link Dialect#canonical} spells it
   * @param target for whom it is spelled
   */
  public Optional<RowLine> row(List<String> key, Dialect target) throws SQLException {
    try (RowStream rows =
        dialect.read(
            session, mapping.only(dialect, List.of(key)), new KeyRange(null, null), target)) {
      return RowLine.of(rows).stream().findFirst();
    } catch (IOException e) {
      throw RowStream.unreadable(e);
    }
  }
}
