package dev.tidemark.bench.peers;

import dev.tidemark.bench.batch.Batches;
import dev.tidemark.bench.server.Database;
import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.workflows.batch.BatchStatus;
import java.util.Optional;

/** A batch of Tidemark, from its start to its result in Temporal. */
record TidemarkPeer(Batches runs, String batch) implements Peer {

  @Override
  public String name() {
    return "Tidemark";
  }

  @Override
  public String version() {
    return "this tree";
  }

  @Override
  public Optional<String> absence(DatabaseType from, DatabaseType to) {
    return Optional.empty();
  }

  @Override
  public void copy(Database source, Database target, long rows) {
    Batches.Outcome outcome = runs.run(batch);
    if (outcome.progress().status() != BatchStatus.COMPLETED) {
      throw new IllegalStateException(outcome.progress().toString());
    }
  }
}
