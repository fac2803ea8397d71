package dev.tidemark.specs.batch;

import dev.tidemark.connect.configuration.AskedBatch;
import dev.tidemark.connect.configuration.BatchConfiguration;
import dev.tidemark.specs.table.TableSpecs;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.SourceSpec;
import dev.tidemark.workflows.table.Deletes;
import dev.tidemark.workflows.table.TableSpec;
import java.util.Map;
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
    return spec(asked, whenBusy, TableSpecs.defaults(batch), TableSpecs.byTable(batch))
        .verified(batch.verify());
  }

  /**
   * What a repair does: every table is compared, whatever its mode, and copied where it differs.
   *
   * @param asked without mistakes
   * @param whenBusy {@code wait} or {@code refuse}; as configured when null
   * @param deletes what happens to rows that only the target has; when null, what is configured for
   *     tables of mode {@code diff}, and nothing for others
   */
  public static BatchSpec repair(
      AskedBatch asked, @Nullable String whenBusy, @Nullable Deletes deletes) {
    BatchConfiguration batch = asked.batch();
    return spec(
        asked,
        whenBusy,
        TableSpecs.defaults(batch).in(TableSpecs.repairMode(batch.copy(), deletes)),
        TableSpecs.repairByTable(batch, deletes));
  }

  private static BatchSpec spec(
      AskedBatch asked,
      @Nullable String whenBusy,
      TableSpec defaults,
      Map<String, TableSpec> byTable) {
    BatchConfiguration batch = asked.batch();
    return new BatchSpec(
        batch.name(),
        asked.sources().stream()
            .map(source -> new SourceSpec(source.connection(), source.constants()))
            .toList(),
        batch.target(),
        asked.tables(),
        batch.excludeTables(),
        defaults,
        byTable,
        batch.parallelTables(),
        batch.parallelTablesPerConnection(),
        TableSpecs.retry(batch.retry()),
        TableSpecs.whenBusy(whenBusy, batch),
        batch.createMissingTables());
  }
}
