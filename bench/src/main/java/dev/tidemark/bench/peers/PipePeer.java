package dev.tidemark.bench.peers;

import dev.tidemark.bench.pipe.RawPipe;
import dev.tidemark.bench.pipe.SelectPipe;
import dev.tidemark.bench.server.Database;
import dev.tidemark.connect.configuration.DatabaseType;
import java.util.Optional;

/** The databases' own bulk commands, which neither resume nor check anything. */
record PipePeer(int streams) implements Peer {

  @Override
  public String name() {
    return streams == 1 ? "raw pipe" : "raw pipe, " + streams + " streams";
  }

  @Override
  public String version() {
    return "";
  }

  @Override
  public Optional<String> absence(DatabaseType from, DatabaseType to) {
    return from != DatabaseType.POSTGRESQL && to != DatabaseType.POSTGRESQL
        ? Optional.of("goes to or from PostgreSQL")
        : Optional.empty();
  }

  @Override
  public void copy(Database source, Database target, long rows) throws Exception {
    long copied =
        source.type() == DatabaseType.POSTGRESQL
            ? new RawPipe(streams, 0).copy(source, target, rows)
            : new SelectPipe(streams).copy(source, target, rows);
    if (copied != rows) {
      throw new IllegalStateException(copied + " of " + rows + " rows were copied");
    }
  }
}
