package dev.tidemark.activities.table;

import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.TableMapping;
import java.sql.Connection;
import java.util.Objects;

/** What is read, and the session that reads it. */
record SourceTable(Connection session, Dialect dialect, TableMapping mapping) {

  SourceTable {
    Objects.requireNonNull(session, "session");
    Objects.requireNonNull(dialect, "dialect");
    Objects.requireNonNull(mapping, "mapping");
  }
}
