package dev.tidemark.api.batch;

import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.connect.catalog.TablePattern;
import dev.tidemark.connect.configuration.BatchConfiguration;
import dev.tidemark.connect.configuration.CopyConfiguration;
import dev.tidemark.connect.configuration.SourceConfiguration;
import dev.tidemark.connect.configuration.SyncMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Refuses repairs that would mark rows as deleted in tables whose syncs know of no marks: a row
 * that comes back would be written, and stay marked.
 */
final class SoftRepairs {

  private final BatchConfiguration batch;
  private final List<String> connections;

  SoftRepairs(BatchConfiguration batch) {
    this.batch = batch;
    this.connections = batch.sources().stream().map(SourceConfiguration::connection).toList();
  }

  /**
   * Checks the tables that a repair may mean, as far as this can be told without a catalog.
   *
   * @param asked empty for all
   * @throws ProblemException 422 when one of them is of a mode that sees no deletes
   */
  void check(List<String> asked) {
    Optional<CopyConfiguration> blind =
        (asked.isEmpty() ? all() : asked.stream().map(TablePattern::parse).flatMap(this::of))
            .filter(copy -> copy.mode() == SyncMode.FULL || copy.mode() == SyncMode.INCREMENTAL)
            .findFirst();
    if (blind.isPresent()) {
      throw ProblemException.unprocessable(
          "SOFT_DELETES_UNKNOWN",
          "Syncs of mode %s know of no rows that are marked as deleted: one that comes back would stay marked."
              .formatted(blind.get().mode().name().toLowerCase(Locale.ROOT)),
          "Repair with deletes hard or ignore, name tables of mode diff, or sync them by mode: diff"
              + " with deletes: soft.");
    }
  }

  private Stream<CopyConfiguration> all() {
    return Stream.concat(
        Stream.of(batch.copy()),
        batch.tableConfigurations().values().stream().map(table -> table.copy()));
  }

  /** What holds for a table; for one that has no configuration of its own, that of the batch. */
  private Stream<CopyConfiguration> of(TablePattern asked) {
    if (asked.hasWildcard()) {
      return all();
    }
    List<CopyConfiguration> own =
        batch.tableConfigurations().entrySet().stream()
            .filter(table -> TablePattern.name(table.getKey()).mayTake(asked, connections))
            .map(table -> table.getValue().copy())
            .toList();
    return own.isEmpty() ? Stream.of(batch.copy()) : own.stream();
  }
}
