package dev.tidemark.api.batch;

import dev.tidemark.api.problem.Problem.Mistake;
import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.api.table.TableNames;
import dev.tidemark.api.table.TableSpecs;
import dev.tidemark.connect.configuration.BatchConfiguration;
import dev.tidemark.connect.configuration.SourceConfiguration;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.SourceSpec;
import dev.tidemark.workflows.table.TableSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Resolves what is asked for and what is configured into what a batch syncs. */
@Component
final class BatchSpecs {

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
      throw ProblemException.notFound(
          "BATCH_NOT_CONFIGURED",
          "There is no batch [" + name + "] in the configuration.",
          batches.isEmpty() ? "Add one under batches:." : "It has: " + names() + ".");
    }
    return batch;
  }

  /** What a batch syncs when it is started by this request. */
  BatchSpec resolve(StartRequest request) {
    BatchConfiguration batch = configuration(request.batch());
    List<Mistake> mistakes = new ArrayList<>();
    checkConnections(batch, request.connectionsOrNone(), mistakes);
    checkTables(batch, request.tablesOrNone(), mistakes);
    String whenBusy = request.whenBusy();
    TableSpecs.checkWhenBusy(whenBusy, mistakes);
    if (!mistakes.isEmpty()) {
      throw ProblemException.invalid(mistakes);
    }
    List<String> asked = request.connectionsOrNone();
    Map<String, TableSpec> tableSpecs = new HashMap<>();
    batch
        .tableConfigurations()
        .forEach(
            (table, configured) ->
                tableSpecs.put(TableNames.catalog(table), TableSpecs.of(configured, batch)));
    return new BatchSpec(
        batch.name(),
        batch.sources().stream()
            .filter(source -> asked.isEmpty() || asked.contains(source.connection()))
            .map(source -> new SourceSpec(source.connection(), source.constants()))
            .toList(),
        batch.target(),
        request.tablesOrNone().isEmpty() ? batch.tables() : request.tablesOrNone(),
        batch.excludeTables(),
        TableSpecs.defaults(batch),
        tableSpecs,
        batch.parallelTables(),
        batch.parallelTablesPerConnection(),
        TableSpecs.retry(batch.retry()),
        TableSpecs.whenBusy(whenBusy, batch),
        batch.createMissingTables());
  }

  private static void checkConnections(
      BatchConfiguration batch, List<String> asked, List<Mistake> mistakes) {
    List<String> sources = batch.sources().stream().map(SourceConfiguration::connection).toList();
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

  private static void checkTables(
      BatchConfiguration batch, List<String> asked, List<Mistake> mistakes) {
    for (int i = 0; i < asked.size(); i++) {
      String table = asked.get(i);
      if (table.isBlank()) {
        mistakes.add(new Mistake("tables[" + i + "]", "must not be blank"));
      } else if (!TablePatterns.include(batch.tables(), table)) {
        mistakes.add(
            new Mistake(
                "tables[" + i + "]",
                "[%s] is none of the tables of batch %s, which takes %s"
                    .formatted(table, batch.name(), String.join(", ", batch.tables()))));
      }
    }
  }

  private String names() {
    return String.join(", ", batches.keySet().stream().sorted().toList());
  }
}
