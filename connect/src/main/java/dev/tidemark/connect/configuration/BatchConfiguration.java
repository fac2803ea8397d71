package dev.tidemark.connect.configuration;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One batch: what goes where.
 *
 * @param name its name in the configuration
 * @param sources where to read
 * @param target connection to write to
 * @param tables patterns of tables to take; {@code ["*"]} takes all
 * @param excludeTables patterns of tables to leave out
 * @param tableConfigurations source table name to what holds for it
 * @param copy how tables are copied
 * @param parallelTables tables in progress at once
 * @param parallelTablesPerConnection tables in progress at once on one source
 * @param retry budget of failures of each table
 * @param refuseWhenBusy true to fail a table whose slice another sync holds, false to wait for it
 * @param createMissingTables whether missing target tables are created
 * @param verify whether the tables are compared once they are done
 */
public record BatchConfiguration(
    String name,
    List<SourceConfiguration> sources,
    String target,
    List<String> tables,
    List<String> excludeTables,
    Map<String, TableConfiguration> tableConfigurations,
    CopyConfiguration copy,
    int parallelTables,
    int parallelTablesPerConnection,
    RetryConfiguration retry,
    boolean refuseWhenBusy,
    boolean createMissingTables,
    boolean verify) {

  public static final int DEFAULT_PARALLEL_TABLES = 4;
  public static final int DEFAULT_PARALLEL_TABLES_PER_CONNECTION = 2;
  public static final boolean DEFAULT_CREATE_MISSING_TABLES = true;

  /** A batch that is not compared. */
  public BatchConfiguration(
      String name,
      List<SourceConfiguration> sources,
      String target,
      List<String> tables,
      List<String> excludeTables,
      Map<String, TableConfiguration> tableConfigurations,
      CopyConfiguration copy,
      int parallelTables,
      int parallelTablesPerConnection,
      RetryConfiguration retry,
      boolean refuseWhenBusy,
      boolean createMissingTables) {
    this(
        name,
        sources,
        target,
        tables,
        excludeTables,
        tableConfigurations,
        copy,
        parallelTables,
        parallelTablesPerConnection,
        retry,
        refuseWhenBusy,
        createMissingTables,
        false);
  }

  public BatchConfiguration {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(copy, "copy");
    Objects.requireNonNull(retry, "retry");
    sources = List.copyOf(sources);
    tables = List.copyOf(tables);
    excludeTables = List.copyOf(excludeTables);
    tableConfigurations = Ordered.copyOf(tableConfigurations);
  }
}
