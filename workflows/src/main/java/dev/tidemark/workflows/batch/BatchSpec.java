package dev.tidemark.workflows.batch;

import dev.tidemark.workflows.table.RetrySpec;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableProgress;
import dev.tidemark.workflows.table.TableSpec;
import dev.tidemark.workflows.table.TableTask;
import dev.tidemark.workflows.table.WhenBusy;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A secret-free snapshot of what to sync, taken when the batch starts, so that an edited
 * configuration file does not bend a run.
 *
 * @param name name of the batch in the configuration
 * @param sources where to read, at least one
 * @param target connection to write to
 * @param tables patterns of tables to take: {@code c_invoice}, {@code CInvoice}, {@code
 *     public.c_*}, {@code *}
 * @param excludeTables patterns of tables to leave out
 * @param tableDefaults what holds for every table
 * @param tableSpecs name of a source table, as it was typed, to what holds for it instead of the
 *     defaults
 * @param parallelTables tables in progress at once in the whole batch
 * @param parallelTablesPerConnection tables in progress at once on one source
 * @param retry the budget of real failures of each table
 * @param whenBusy what to do when another sync holds a slice
 * @param createMissingTables whether missing target tables are created
 * @param settings table to the name under which {@code tableSpecs} has what holds for it, for those
 *     where a catalog told that it is not the table's own name; an empty name stands for the
 *     defaults
 * @param verify whether the tables are compared once they are done
 */
public record BatchSpec(
    String name,
    List<SourceSpec> sources,
    String target,
    List<String> tables,
    List<String> excludeTables,
    TableSpec tableDefaults,
    Map<String, TableSpec> tableSpecs,
    int parallelTables,
    int parallelTablesPerConnection,
    RetrySpec retry,
    WhenBusy whenBusy,
    boolean createMissingTables,
    Map<String, String> settings,
    boolean verify) {

  public BatchSpec {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(tableDefaults, "tableDefaults");
    Objects.requireNonNull(retry, "retry");
    Objects.requireNonNull(whenBusy, "whenBusy");
    sources = List.copyOf(sources);
    tables = List.copyOf(tables);
    excludeTables = List.copyOf(excludeTables);
    tableSpecs = Map.copyOf(tableSpecs);
    // Specs that were written before there was this field are still in histories and archives.
    settings = Map.copyOf(Objects.requireNonNullElse(settings, Map.of()));
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("a batch needs at least one source");
    }
    if (parallelTables < 1 || parallelTablesPerConnection < 1) {
      throw new IllegalArgumentException("at least one table must run at a time");
    }
  }

  /** A batch of which no source has been planned, and that is not compared. */
  public BatchSpec(
      String name,
      List<SourceSpec> sources,
      String target,
      List<String> tables,
      List<String> excludeTables,
      TableSpec tableDefaults,
      Map<String, TableSpec> tableSpecs,
      int parallelTables,
      int parallelTablesPerConnection,
      RetrySpec retry,
      WhenBusy whenBusy,
      boolean createMissingTables) {
    this(
        name,
        sources,
        target,
        tables,
        excludeTables,
        tableDefaults,
        tableSpecs,
        parallelTables,
        parallelTablesPerConnection,
        retry,
        whenBusy,
        createMissingTables,
        Map.of(),
        false);
  }

  /** What holds for the table whose settings have this name; the defaults where none have. */
  public TableSpec tableSpec(String named) {
    return tableSpecs.getOrDefault(named, tableDefaults);
  }

  /** What holds for a table. */
  public TableSpec tableSpec(TableId table) {
    return tableSpec(settings.getOrDefault(table.toString(), table.table()));
  }

  /** The same, with the settings that these rows bring. */
  public BatchSpec withSettings(Collection<TableProgress> rows) {
    Map<String, String> all = new HashMap<>(settings);
    for (TableProgress row : rows) {
      String named = row.settings();
      TableId table = row.table();
      if (named != null) {
        String own = tableSpecs.containsKey(table.table()) ? table.table() : "";
        if (named.equals(own)) {
          all.remove(table.toString());
        } else {
          all.put(table.toString(), named);
        }
      }
    }
    return all.equals(settings) ? this : with(sources, tables, all, verify);
  }

  /** The same, to be compared once it is done, or not. */
  public BatchSpec verified(boolean wanted) {
    return with(sources, tables, settings, wanted);
  }

  /**
   * The same of these tables alone.
   *
   * @param some of its tables, at least one
   */
  public BatchSpec only(Collection<TableId> some) {
    Set<String> connections = some.stream().map(TableId::connection).collect(Collectors.toSet());
    return with(
        sources.stream().filter(source -> connections.contains(source.connection())).toList(),
        some.stream().map(BatchSpec::pattern).toList(),
        settings,
        verify);
  }

  /** What means the table alone: names in quotes stand for themselves. */
  private static String pattern(TableId table) {
    return Stream.of(table.connection(), table.schema(), table.table())
        .map(name -> '"' + name.replace("\"", "\"\"") + '"')
        .collect(Collectors.joining("."));
  }

  private BatchSpec with(
      List<SourceSpec> someSources,
      List<String> someTables,
      Map<String, String> allSettings,
      boolean wantVerified) {
    return new BatchSpec(
        name,
        someSources,
        target,
        someTables,
        excludeTables,
        tableDefaults,
        tableSpecs,
        parallelTables,
        parallelTablesPerConnection,
        retry,
        whenBusy,
        createMissingTables,
        allSettings,
        wantVerified);
  }

  /** The source on this connection. */
  public SourceSpec source(String connection) {
    return sources.stream()
        .filter(source -> source.connection().equals(connection))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(connection + " is no source of batch " + name));
  }

  /**
   * What the activity of one table is told.
   *
   * @param generation how often the table has been scheduled in this run, this time included
   */
  public TableTask task(TableId table, String targetTable, long estimatedRows, int generation) {
    return new TableTask(
        table,
        target,
        targetTable,
        tableSpec(table).withSourceConstants(source(table.connection()).constants()),
        retry,
        whenBusy,
        createMissingTables,
        estimatedRows,
        generation);
  }
}
