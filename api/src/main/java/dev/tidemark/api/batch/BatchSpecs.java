package dev.tidemark.api.batch;

import dev.tidemark.api.problem.Problem.Mistake;
import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.api.table.TableSpecs;
import dev.tidemark.connect.catalog.TablePattern;
import dev.tidemark.connect.configuration.BatchConfiguration;
import dev.tidemark.connect.configuration.SourceConfiguration;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.SourceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Resolves what is asked for and what is configured into what a batch syncs. */
@Component
public final class BatchSpecs {

  private final Map<String, BatchConfiguration> batches;

  @Autowired
  BatchSpecs(TidemarkConfiguration configuration) {
    this(configuration.batches());
  }

  BatchSpecs(Map<String, BatchConfiguration> batches) {
    this.batches = batches;
  }

  /**
   * The batch of this name, or the only one.
   *
   * @throws ProblemException when there is none, or when it has to be named
   */
  private BatchConfiguration configuration(@Nullable String name) {
    if (name == null) {
      if (batches.size() == 1) {
        return batches.values().iterator().next();
      }
      throw ProblemException.unprocessable(
          batches.isEmpty() ? "NO_BATCH_CONFIGURED" : "BATCH_NOT_NAMED",
          batches.isEmpty()
              ? "The configuration has no batches."
              : "The configuration has several batches: " + names() + ".",
          batches.isEmpty() ? "Add one under batches:." : "Name one of them as batch.");
    }
    BatchConfiguration batch = batches.get(name);
    if (batch == null) {
      throw ProblemException.batchNotConfigured(name, batches.keySet());
    }
    return batch;
  }

  /** What a batch syncs when it is started by this request. */
  public BatchSpec resolve(StartRequest request) {
    BatchConfiguration batch = configuration(request.batch());
    List<Mistake> mistakes = new ArrayList<>();
    checkConnections(batch, request.connectionsOrNone(), mistakes);
    List<String> sources =
        sources(batch).filter(source -> takes(request.connectionsOrNone(), source)).toList();
    new AskedTables(batch, sources).check(request.tablesOrNone(), mistakes);
    String whenBusy = request.whenBusy();
    TableSpecs.checkWhenBusy(whenBusy, mistakes);
    List<String> tables = tables(batch, request.tablesOrNone(), sources);
    if (mistakes.isEmpty() && tables.isEmpty()) {
      mistakes.add(
          new Mistake(
              "connections",
              "batch %s takes no tables of %s"
                  .formatted(batch.name(), String.join(", ", sources))));
    }
    if (!mistakes.isEmpty()) {
      throw ProblemException.invalid(mistakes);
    }
    return new BatchSpec(
        batch.name(),
        batch.sources().stream()
            .filter(source -> sources.contains(source.connection()))
            .filter(source -> meant(tables, source.connection(), sources))
            .map(source -> new SourceSpec(source.connection(), source.constants()))
            .toList(),
        batch.target(),
        tables,
        batch.excludeTables(),
        TableSpecs.defaults(batch),
        TableSpecs.byTable(batch),
        batch.parallelTables(),
        batch.parallelTablesPerConnection(),
        TableSpecs.retry(batch.retry()),
        TableSpecs.whenBusy(whenBusy, batch),
        batch.createMissingTables());
  }

  /** What is asked for, else what is configured for these sources. */
  private static List<String> tables(
      BatchConfiguration batch, List<String> asked, List<String> sources) {
    if (!asked.isEmpty()) {
      return asked;
    }
    List<String> all = sources(batch).toList();
    return batch.tables().stream()
        .filter(
            pattern ->
                TablePattern.parse(pattern)
                    .connection(all)
                    .map(connection -> takes(sources, connection))
                    .orElse(true))
        .toList();
  }

  /** Whether one of these tables may be on this source. */
  private static boolean meant(List<String> tables, String source, List<String> sources) {
    return tables.stream().anyMatch(table -> TablePattern.parse(table).mayMean(source, sources));
  }

  private static Stream<String> sources(BatchConfiguration batch) {
    return batch.sources().stream().map(SourceConfiguration::connection);
  }

  private static boolean takes(List<String> asked, String source) {
    return asked.isEmpty() || asked.contains(source);
  }

  private static void checkConnections(
      BatchConfiguration batch, List<String> asked, List<Mistake> mistakes) {
    List<String> sources = sources(batch).toList();
    for (int i = 0; i < asked.size(); i++) {
      if (!sources.contains(asked.get(i))) {
        mistakes.add(
            new Mistake(
                "connections[" + i + "]",
                "[%s] is no source of batch %s; its sources are %s"
                    .formatted(asked.get(i), batch.name(), String.join(", ", sources))));
      }
    }
  }

  private String names() {
    return String.join(", ", batches.keySet().stream().sorted().toList());
  }
}
