package dev.tidemark.connect.table;

import java.sql.Connection;
import java.util.Objects;

/** A table that is read, and a session that reads it. */
public record SourceTable(Connection session, Dialect dialect, TableMapping mapping) {

  public SourceTable {
    Objects.requireNonNull(session, "session");
    Objects.requireNonNull(dialect, "dialect");
    Objects.requireNonNull(mapping, "mapping");
  }
}
