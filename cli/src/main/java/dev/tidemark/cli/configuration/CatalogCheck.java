package dev.tidemark.cli.configuration;

import dev.tidemark.connect.catalog.SourceCatalog;
import dev.tidemark.connect.catalog.TablePath;
import dev.tidemark.connect.catalog.TablePattern;
import dev.tidemark.connect.catalog.TableSettings;
import dev.tidemark.connect.configuration.BatchConfiguration;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.CopyConfiguration;
import dev.tidemark.connect.configuration.Mistake;
import dev.tidemark.connect.configuration.SourceConfiguration;
import dev.tidemark.connect.configuration.SyncMode;
import dev.tidemark.connect.configuration.TableConfiguration;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.Suggestion;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.table.ColumnChoice;
import dev.tidemark.connect.table.RowChoice;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds what a configuration says of tables, keys and columns that its sources do not have. */
final class CatalogCheck {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** What of a table's settings would mend it. */
  private static final Map<ErrorCode, String> PLACES =
      Map.of(
          ErrorCode.NO_KEY, ".key",
          ErrorCode.TYPE_UNSUPPORTED, ".exclude",
          ErrorCode.COLUMN_MISMATCH, ".constants");

  private final TidemarkConfiguration configuration;
  private final Predicate<String> reachable;

  /**
   * A check of this configuration.
   *
   * @param reachable whether the database of a connection answers; others are passed over
   */
  CatalogCheck(TidemarkConfiguration configuration, Predicate<String> reachable) {
    this.configuration = configuration;
    this.reachable = reachable;
  }

  /** All mistakes, batch by batch. */
  List<Mistake> mistakes() {
    return configuration.batches().values().stream().flatMap(this::ofBatch).distinct().toList();
  }

  private Stream<Mistake> ofBatch(BatchConfiguration batch) {
    List<Mistake> mistakes = new ArrayList<>();
    Set<String> found = new LinkedHashSet<>();
    boolean all = true;
    for (SourceConfiguration source : batch.sources()) {
      if (reachable.test(source.connection())) {
        mistakes.addAll(ofSource(batch, source.connection(), found));
      } else {
        all = false;
      }
    }
    if (all) {
      batch.tableConfigurations().keySet().stream()
          .filter(name -> !found.contains(name))
          .map(
              name ->
                  mistake(
                      batch, "table." + name, "a table that no source has", "a table of a source"))
          .forEach(mistakes::add);
    }
    return mistakes.stream();
  }

  /**
   * What is wrong on one source.
   *
   * @param found takes the names under {@code table} that mean a table here
   */
  private List<Mistake> ofSource(BatchConfiguration batch, String connection, Set<String> found) {
    ConnectionConfiguration source = configuration.connections().get(connection);
    if (source == null) {
      return List.of();
    }
    try (SourceCatalog catalog = SourceCatalog.open(source, PATIENCE)) {
      List<TablePath> tables = catalog.tables();
      List<Mistake> mistakes = new ArrayList<>(missing(batch, source, tables));
      TableSettings settings = TableSettings.of(batch.tableConfigurations().keySet(), tables);
      found.addAll(settings.names());
      for (TablePath table : taken(batch, connection, tables)) {
        Optional<TableShape> shape = catalog.describe(table);
        if (shape.isPresent()) {
          mistakes.addAll(ofTable(batch, table, shape.get(), settings.of(table).orElse(null)));
        }
      }
      return mistakes;
    } catch (SQLException | RuntimeException e) {
      String message = Failures.explain("reading the catalog of " + connection, e).getMessage();
      return List.of(new Mistake("connections." + connection, 0, message, "a readable catalog"));
    }
  }

  private static List<Mistake> missing(
      BatchConfiguration batch, ConnectionConfiguration source, List<TablePath> tables) {
    List<Mistake> mistakes = new ArrayList<>();
    List<String> names = sources(batch);
    for (int i = 0; i < batch.tables().size(); i++) {
      TablePattern pattern = TablePattern.parse(batch.tables().get(i));
      if (pattern.mayMean(source.name(), names)
          && !pattern.isReserved()
          && pattern.select(tables, table -> table).isEmpty()) {
        String what = pattern.hasWildcard() ? "that fits nothing in " : "that is not in ";
        mistakes.add(
            mistake(
                batch,
                "tables[" + i + "]",
                "\"%s\", %s%s (%s)".formatted(pattern, what, source.name(), source.schema()),
                ("a table of it." + pattern.didYouMean(tables)).strip()));
      }
    }
    return mistakes;
  }

  private static Set<TablePath> taken(
      BatchConfiguration batch, String connection, List<TablePath> tables) {
    Set<TablePath> taken = new LinkedHashSet<>();
    patterns(batch, connection, batch.tables())
        .forEach(pattern -> taken.addAll(pattern.select(tables, table -> table)));
    patterns(batch, connection, batch.excludeTables())
        .forEach(pattern -> pattern.select(tables, table -> table).forEach(taken::remove));
    return taken;
  }

  private static Stream<TablePattern> patterns(
      BatchConfiguration batch, String connection, List<String> patterns) {
    return patterns.stream()
        .map(TablePattern::parse)
        .filter(pattern -> pattern.mayMean(connection, sources(batch)));
  }

  private static List<String> sources(BatchConfiguration batch) {
    return batch.sources().stream().map(SourceConfiguration::connection).toList();
  }

  private static List<Mistake> ofTable(
      BatchConfiguration batch, TablePath table, TableShape shape, @Nullable String name) {
    TableConfiguration configured = name == null ? null : batch.tableConfigurations().get(name);
    String path = "table." + (name == null ? table.name() : name);
    List<Mistake> mistakes = new ArrayList<>();
    if (configured != null) {
      Map<String, List<String>> columns = new LinkedHashMap<>();
      columns.put("key", configured.key());
      columns.put("include", configured.include());
      columns.put("exclude", configured.exclude());
      columns.put("rename", List.copyOf(configured.rename().keySet()));
      columns.put("mask", List.copyOf(configured.mask().keySet()));
      columns.put("cast", List.copyOf(configured.cast().keySet()));
      columns.forEach(
          (key, named) ->
              named.stream()
                  .filter(column -> shape.column(column).isEmpty())
                  .map(
                      column ->
                          mistake(
                              batch,
                              path + "." + key,
                              "column \"" + column + "\", which " + table + " has not",
                              allowed(column, shape)))
                  .forEach(mistakes::add));
    }
    CopyConfiguration copy = configured == null ? batch.copy() : configured.copy();
    String changed = copy.mode() == SyncMode.INCREMENTAL ? copy.changeColumn() : null;
    if (changed != null && shape.column(changed).isEmpty()) {
      mistakes.add(
          mistake(
              batch,
              configured == null ? "change-column" : path + ".change-column",
              "column \"" + changed + "\", which " + table + " has not",
              allowed(changed, shape)));
    }
    if (mistakes.isEmpty()) {
      boolean needsKey = copy.mode() != SyncMode.REPLACE;
      refused(shape, choice(batch, table.connection(), configured), needsKey)
          .map(
              e ->
                  mistake(
                      batch,
                      // A path that stands in the file.
                      configured == null ? "" : path + PLACES.getOrDefault(e.code(), ""),
                      "what a batch refuses on " + table.connection() + ": " + e.getMessage(),
                      e.remedy()))
          .ifPresent(mistakes::add);
    }
    return mistakes;
  }

  /** Why a batch would not copy the table; empty when it would. */
  private static Optional<SyncException> refused(
      TableShape shape, ColumnChoice choice, boolean needsKey) {
    try {
      TableMapping ignored = TableMapping.of(shape, shape.name(), choice, RowChoice.ALL, needsKey);
      return Optional.empty();
    } catch (SyncException e) {
      return Optional.of(e);
    }
  }

  private static ColumnChoice choice(
      BatchConfiguration batch, String connection, @Nullable TableConfiguration table) {
    Map<String, String> constants = new LinkedHashMap<>();
    batch.sources().stream()
        .filter(source -> source.connection().equals(connection))
        .forEach(source -> constants.putAll(source.constants()));
    if (table == null) {
      return new ColumnChoice(List.of(), List.of(), List.of(), Map.of(), constants);
    }
    constants.putAll(table.constants());
    return new ColumnChoice(
        table.key(), table.include(), table.exclude(), table.rename(), constants);
  }

  private static String allowed(String column, TableShape shape) {
    List<String> columns = shape.columns().stream().map(one -> one.name()).toList();
    return "its columns: "
        + String.join(", ", columns)
        + "."
        + Suggestion.question(Suggestion.nearest(column, columns).stream().toList());
  }

  private static Mistake mistake(
      BatchConfiguration batch, String path, String found, String allowed) {
    String place = "batches." + batch.name();
    return new Mistake(path.isEmpty() ? place : place + "." + path, 0, found, allowed);
  }
}
