package dev.tidemark.api.table;

import dev.tidemark.api.problem.Problem.Mistake;
import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.connect.catalog.SourceCatalog;
import dev.tidemark.connect.catalog.TableLabels;
import dev.tidemark.connect.catalog.TablePath;
import dev.tidemark.connect.catalog.TablePattern;
import dev.tidemark.connect.catalog.TableSettings;
import dev.tidemark.connect.configuration.BatchConfiguration;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.SourceConfiguration;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.specs.table.TableSpecs;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableSpec;
import dev.tidemark.workflows.table.TableTask;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Resolves a request for one table and what is configured into what is synced. */
@Component
final class TableTasks {

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Logger log = LoggerFactory.getLogger(TableTasks.class);

  private final TidemarkConfiguration configuration;

  TableTasks(TidemarkConfiguration configuration) {
    this.configuration = configuration;
  }

  /**
   * What is to be synced.
   *
   * @param batch whose settings hold
   */
  record Resolved(String batch, TableTask task) {}

  Resolved resolve(TableSyncRequest request) {
    check(request);
    BatchConfiguration batch = batch(request.batch(), Objects.requireNonNull(request.connection()));
    Found found =
        find(Objects.requireNonNull(request.connection()), Objects.requireNonNull(request.table()));
    TableId source = found.table();
    TableSpec spec = spec(batch, found);
    TableTask task =
        new TableTask(
            source,
            batch.target(),
            spec.target() == null ? source.table() : spec.target(),
            spec,
            TableSpecs.retry(batch.retry()),
            TableSpecs.whenBusy(request.whenBusy(), batch),
            batch.createMissingTables(),
            0,
            1);
    return new Resolved(batch.name(), task);
  }

  /**
   * A table, as its catalog has it.
   *
   * @param around the tables near it, itself included
   */
  private record Found(TableId table, List<TablePath> around) {}

  /**
   * The table that is meant.
   *
   * @throws ProblemException when the catalog has none of this name, or several
   */
  private Found find(String connection, String typed) {
    ConnectionConfiguration configured = configured(connection, HttpStatus.UNPROCESSABLE_CONTENT);
    TablePattern name = TablePattern.name(typed);
    if (name.isReserved()) {
      throw ProblemException.unprocessable(
          ErrorCode.TABLE_RESERVED.name(),
          "[" + typed + "] cannot be synced: the prefix tidemark_ is reserved.",
          Failures.remedy(ErrorCode.TABLE_RESERVED));
    }
    Optional<List<TablePath>> known = around(configured, name);
    return known
        .map(
            tables ->
                resolve(name, tables)
                    .map(table -> new Found(table, tables))
                    .orElseThrow(
                        () ->
                            ProblemException.unprocessable(
                                ErrorCode.TABLE_NOT_FOUND.name(),
                                "There is no table [%s] in %s.%s"
                                    .formatted(typed, connection, name.didYouMean(tables)),
                                "Name one table of the connection as its catalog spells it.")))
        .orElseGet(
            () -> {
              TableId likely = likely(configured, name);
              return new Found(likely, List.of(TablePaths.of(likely)));
            });
  }

  /**
   * The tables that may be meant where a sync of one is looked for, the likeliest first. The
   * catalog is read only when it is needed.
   */
  Stream<TableId> candidates(String connection, String typed) {
    ConnectionConfiguration configured = configured(connection, HttpStatus.NOT_FOUND);
    TablePattern name = TablePattern.name(typed);
    TableId spelledSo = new TableId(connection, schema(configured, name), name.typedTable());
    return Stream.concat(
        Stream.of(spelledSo),
        Stream.of(name)
            .map(
                one ->
                    around(configured, one)
                        .flatMap(tables -> resolve(one, tables))
                        .orElseGet(() -> likely(configured, one))));
  }

  private static Optional<TableId> resolve(TablePattern name, List<TablePath> tables) {
    List<TablePath> meant = name.resolve(tables, table -> table);
    if (meant.size() > 1) {
      throw ProblemException.tableAmbiguous(name.toString(), meant);
    }
    return meant.stream()
        .map(table -> new TableId(table.connection(), table.schema(), table.table()))
        .findFirst();
  }

  /** The tables near the one that is named; empty when the source cannot be asked now. */
  private static Optional<List<TablePath>> around(
      ConnectionConfiguration source, TablePattern name) {
    try (SourceCatalog catalog = SourceCatalog.open(source, PATIENCE)) {
      return Optional.of(catalog.tablesAround(name));
    } catch (SQLException | RuntimeException e) {
      log.info(
          "The name {} is taken as it is. {}",
          name,
          Failures.explain("reading the catalog of " + source.name(), e).getMessage());
      return Optional.empty();
    }
  }

  /** What is most likely meant, where the catalog cannot be asked. */
  private static TableId likely(ConnectionConfiguration configured, TablePattern name) {
    return new TableId(configured.name(), schema(configured, name), name.table());
  }

  private static String schema(ConnectionConfiguration configured, TablePattern name) {
    return Objects.requireNonNullElse(name.schema(configured.name()), configured.schema());
  }

  private ConnectionConfiguration configured(String connection, HttpStatus otherwise) {
    ConnectionConfiguration configured = configuration.connections().get(connection);
    if (configured == null) {
      throw ProblemException.connectionNotFound(otherwise, connection, sources());
    }
    return configured;
  }

  /** The connections that can be meant; targets are none of them. */
  private Set<String> sources() {
    return configuration.batches().values().stream()
        .flatMap(batch -> batch.sources().stream())
        .map(SourceConfiguration::connection)
        .collect(Collectors.toSet());
  }

  /** How the table is named in its workflow's id: without the schema where it is the usual one. */
  String workflowTable(TableId id) {
    return labels(id).of(TablePaths.of(id));
  }

  /** What this table is called beside its connection: the usual schema is left out. */
  TableLabels labels(TableId id) {
    ConnectionConfiguration configured = configuration.connections().get(id.connection());
    String usual = configured == null ? "" : configured.schema();
    return new TableLabels(
        List.of(TablePaths.of(id), new TablePath(id.connection(), usual, id.table())));
  }

  private static void check(TableSyncRequest request) {
    List<Mistake> mistakes = new ArrayList<>();
    if (blank(request.connection())) {
      mistakes.add(new Mistake("connection", "must name a connection"));
    }
    if (blank(request.table())) {
      mistakes.add(new Mistake("table", "must name a table"));
    }
    AskedWhenBusy.check(request.whenBusy(), mistakes);
    if (!mistakes.isEmpty()) {
      throw ProblemException.invalid(mistakes);
    }
  }

  private static boolean blank(@Nullable String text) {
    return text == null || text.isBlank();
  }

  private BatchConfiguration batch(@Nullable String name, String connection) {
    if (name != null && !configuration.batches().containsKey(name)) {
      throw ProblemException.batchNotConfigured(name, configuration.batches().keySet());
    }
    configured(connection, HttpStatus.UNPROCESSABLE_CONTENT);
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

  private static TableSpec spec(BatchConfiguration batch, Found found) {
    Map<String, TableSpec> specs = TableSpecs.byTable(batch);
    TableId id = found.table();
    TableSpec spec =
        TableSettings.of(specs.keySet(), found.around())
            .of(TablePaths.of(id))
            .map(specs::get)
            .orElseGet(() -> TableSpecs.defaults(batch));
    return spec.withSourceConstants(
        source(batch, id.connection()).map(SourceConfiguration::constants).orElse(Map.of()));
  }
}
