package dev.tidemark.api.table;

import dev.tidemark.api.problem.Problem.Mistake;
import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.connect.configuration.BatchConfiguration;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.SourceConfiguration;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableSpec;
import dev.tidemark.workflows.table.TableTask;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Resolves a request for one table and what is configured into what is synced. */
@Component
final class TableTasks {

  private final TidemarkConfiguration configuration;

  TableTasks(TidemarkConfiguration configuration) {
    this.configuration = configuration;
  }

  TableTask resolve(TableSyncRequest request) {
    check(request);
    TableId source =
        id(Objects.requireNonNull(request.connection()), Objects.requireNonNull(request.table()));
    BatchConfiguration batch = batch(request.batch(), source.connection());
    TableSpec spec = spec(batch, source);
    return new TableTask(
        source,
        batch.target(),
        spec.target() == null ? source.table() : spec.target(),
        spec,
        TableSpecs.retry(batch.retry()),
        TableSpecs.whenBusy(request.whenBusy(), batch),
        batch.createMissingTables(),
        0,
        1);
  }

  /** The table that is meant, in its connection's schema unless another is named. */
  TableId id(String connection, String typed) {
    ConnectionConfiguration configured = configuration.connections().get(connection);
    if (configured == null) {
      throw ProblemException.notFound(
          "CONNECTION_NOT_FOUND",
          "There is no connection [" + connection + "] in the configuration.",
          "It has: "
              + String.join(", ", configuration.connections().keySet().stream().sorted().toList())
              + ".");
    }
    String name = TableNames.catalog(typed);
    int dot = name.lastIndexOf('.');
    return dot < 0
        ? new TableId(connection, configured.schema(), name)
        : new TableId(connection, name.substring(0, dot), name.substring(dot + 1));
  }

  /** How the table is named in its workflow's id: without the schema where it is the usual one. */
  String workflowTable(TableId id) {
    ConnectionConfiguration configured = configuration.connections().get(id.connection());
    return configured != null && configured.schema().equals(id.schema())
        ? id.table()
        : id.schema() + "." + id.table();
  }

  private static void check(TableSyncRequest request) {
    List<Mistake> mistakes = new ArrayList<>();
    if (blank(request.connection())) {
      mistakes.add(new Mistake("connection", "must name a connection"));
    }
    if (blank(request.table())) {
      mistakes.add(new Mistake("table", "must name a table"));
    }
    TableSpecs.checkWhenBusy(request.whenBusy(), mistakes);
    if (!mistakes.isEmpty()) {
      throw ProblemException.invalid(mistakes);
    }
  }

  private static boolean blank(@Nullable String text) {
    return text == null || text.isBlank();
  }

  private BatchConfiguration batch(@Nullable String name, String connection) {
    if (name != null && !configuration.batches().containsKey(name)) {
      throw ProblemException.notFound(
          "BATCH_NOT_CONFIGURED", "There is no batch [" + name + "] in the configuration.", null);
    }
    List<BatchConfiguration> batches =
        configuration.batches().values().stream()
            .filter(batch -> name == null || batch.name().equals(name))
            .filter(batch -> source(batch, connection).isPresent())
            .toList();
    if (batches.isEmpty()) {
      throw ProblemException.unprocessable(
          "CONNECTION_IS_NO_SOURCE",
          "[%s] is no source of %s."
              .formatted(connection, name == null ? "any batch" : "batch " + name),
          "Name a source of a batch; a batch says where its tables go.");
    }
    if (batches.size() > 1) {
      throw ProblemException.unprocessable(
          "BATCH_NOT_NAMED",
          "[%s] is a source of several batches: %s."
              .formatted(
                  connection,
                  String.join(
                      ", ", batches.stream().map(BatchConfiguration::name).sorted().toList())),
          "Name one of them as batch.");
    }
    return batches.getFirst();
  }

  private static Optional<SourceConfiguration> source(BatchConfiguration batch, String connection) {
    return batch.sources().stream()
        .filter(source -> source.connection().equals(connection))
        .findFirst();
  }

  private static TableSpec spec(BatchConfiguration batch, TableId id) {
    TableSpec spec =
        batch.tableConfigurations().entrySet().stream()
            .filter(entry -> TableNames.catalog(entry.getKey()).equals(id.table()))
            .map(entry -> TableSpecs.of(entry.getValue(), batch))
            .findFirst()
            .orElseGet(() -> TableSpecs.defaults(batch));
    Map<String, String> constants =
        new HashMap<>(
            source(batch, id.connection()).map(SourceConfiguration::constants).orElse(Map.of()));
    constants.putAll(spec.constants());
    return new TableSpec(
        spec.target(),
        spec.key(),
        spec.include(),
        spec.exclude(),
        spec.rename(),
        constants,
        spec.chunkRows());
  }
}
