package dev.tidemark.bench.peers;

import dev.tidemark.bench.server.Database;
import dev.tidemark.connect.configuration.DatabaseType;
import java.util.Optional;

/** A way to copy the table of invoices. */
interface Peer {

  /** What reports call it. */
  String name();

  /** Its version, for reports. */
  String version() throws Exception;

  /** Why it cannot copy in this direction, or on this machine; empty when it can. */
  Optional<String> absence(DatabaseType from, DatabaseType to);

  /** Whether it wants to create the target's table itself, and finds none. */
  default boolean createsTheTable() {
    return false;
  }

  /** Copies all rows into a table that has none. */
  void copy(Database source, Database target, long rows) throws Exception;
}
