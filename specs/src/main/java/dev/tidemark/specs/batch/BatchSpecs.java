package dev.tidemark.specs.batch;

import dev.tidemark.connect.configuration.AskedBatch;
import dev.tidemark.connect.configuration.BatchConfiguration;
import dev.tidemark.specs.table.TableSpecs;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.SourceSpec;
import org.jspecify.annotations.Nullable;

/** From a configured batch, or the part of it that is asked for, to what its workflow is told. */
public final class BatchSpecs {

  private BatchSpecs() {}

  /**
   * What is synced.
   *
   * @param asked without mistakes
   * @param whenBusy {@code wait} or {@code refuse}; as configured when null
   */
  public static BatchSpec of(AskedBatch asked, @Nullable String whenBusy) {
    BatchConfiguration batch = asked.batch();
    return new BatchSpec(
        batch.name(),
        asked.sources().stream()
            .map(source -> new SourceSpec(source.connection(), source.constants()))
            .toList(),
        batch.target(),
        asked.tables(),
        batch.excludeTables(),
        TableSpecs.defaults(batch),
        TableSpecs.byTable(batch),
        batch.parallelTables(),
        batch.parallelTablesPerConnection(),
        TableSpecs.retry(batch.retry()),
        TableSpecs.whenBusy(whenBusy, batch),
        batch.createMissingTables());
  }
}
