package dev.tidemark.activities.batch;

import dev.tidemark.activities.table.ActivityFailures;
import dev.tidemark.activities.table.Heartbeats;
import dev.tidemark.connect.catalog.TablePath;
import dev.tidemark.connect.catalog.TablePattern;
import dev.tidemark.connect.catalog.TableSettings;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.connection.Connections;
import dev.tidemark.connect.dialect.Dialects;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.TableEntry;
import dev.tidemark.connect.target.ForeignKeys;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.PlanActivities;
import dev.tidemark.workflows.batch.PlanInput;
import dev.tidemark.workflows.batch.PlannedTable;
import dev.tidemark.workflows.batch.SourcePlan;
import dev.tidemark.workflows.batch.TableOrder;
import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.TableId;
import io.temporal.activity.Activity;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the tables of a source in its catalog, and in a target's in which order to write them. */
public final class PlanActivitiesImpl implements PlanActivities {

  private final Connections connections;

  public PlanActivitiesImpl(Connections connections) {
    this.connections = connections;
  }

  @Override
  public SourcePlan plan(PlanInput input) {
    try (Heartbeats ignored = Heartbeats.start(Activity.getExecutionContext(), input::connection)) {
      return new SourcePlan(tables(input.spec(), input.connection()));
    } catch (SQLException | RuntimeException e) {
      throw ActivityFailures.of(Failures.explain("planning " + input.connection(), e));
    }
  }

  @Override
  public TableOrder order(String target) {
    try (Heartbeats ignored = Heartbeats.start(Activity.getExecutionContext(), () -> target);
        Connection session = connections.open(target)) {
      ConnectionConfiguration connection = connections.configuration(target);
      ForeignKeys keys = ForeignKeys.of(session, connection.type(), connection.schema());
      return new TableOrder(keys.order(), keys.circles());
    } catch (SQLException | RuntimeException e) {
      throw ActivityFailures.of(Failures.explain("planning " + target, e));
    }
  }

  private List<PlannedTable> tables(BatchSpec spec, String name) throws SQLException {
    ConnectionConfiguration source = connections.configuration(name);
    try (Connection session = connections.open(name)) {
      Dialect dialect = Dialects.of(source.type());
      List<TableEntry> entries = new ArrayList<>(dialect.tables(session, source.schema()));
      entries.addAll(views(spec, source, entries, session, dialect));
      return plan(spec, source, entries);
    }
  }

  /** A pattern takes no view; one that is named is copied like a table. */
  private static List<TableEntry> views(
      BatchSpec spec,
      ConnectionConfiguration source,
      List<TableEntry> tables,
      Connection session,
      Dialect dialect)
      throws SQLException {
    String name = source.name();
    List<TablePath> known = tables.stream().map(entry -> path(name, entry)).toList();
    List<TableEntry> views = new ArrayList<>();
    for (TablePattern pattern : TableChoice.patterns(spec, name, spec.tables())) {
      if (!pattern.hasWildcard()
          && !pattern.isReserved()
          && pattern.select(known, Function.identity()).isEmpty()) {
        String schema = Objects.requireNonNullElse(pattern.schema(name), source.schema());
        dialect
            .describe(session, schema, pattern.table())
            .map(shape -> new TableEntry(shape.schema(), shape.name(), shape.estimatedRows()))
            .filter(entry -> !views.contains(entry))
            .ifPresent(views::add);
      }
    }
    return views;
  }

  /** The tables to take of those that the source has, and those that it should have. */
  static List<PlannedTable> plan(
      BatchSpec spec, ConnectionConfiguration source, List<TableEntry> entries) {
    String name = source.name();
    List<TablePath> known = entries.stream().map(entry -> path(name, entry)).toList();
    TableSettings settings = TableSettings.of(spec.tableSpecs().keySet(), known);
    List<PlannedTable> planned = new ArrayList<>();
    for (TableEntry entry : TableChoice.of(spec, name, entries, entry -> path(name, entry))) {
      planned.add(planned(spec, name, entry, null, settings));
    }
    planned.sort(Comparator.comparingLong(PlannedTable::estimatedRows).reversed());
    planned.addAll(missing(spec, source, known));
    return planned;
  }

  /** Tables that are named, and are not there. */
  private static List<PlannedTable> missing(
      BatchSpec spec, ConnectionConfiguration source, List<TablePath> known) {
    Map<TableId, PlannedTable> missing = new LinkedHashMap<>();
    for (TablePattern pattern : TableChoice.patterns(spec, source.name(), spec.tables())) {
      if (!pattern.hasWildcard() && pattern.select(known, Function.identity()).isEmpty()) {
        String schema = Objects.requireNonNullElse(pattern.schema(source.name()), source.schema());
        TableEntry entry = new TableEntry(schema, pattern.table(), 0);
        // It may be there when it is retried, and then the others are as well.
        List<TablePath> all = new ArrayList<>(known);
        all.add(path(source.name(), entry));
        PlannedTable table =
            planned(
                spec,
                source.name(),
                entry,
                problem(source.name(), pattern, entry, known),
                TableSettings.of(spec.tableSpecs().keySet(), all));
        missing.putIfAbsent(table.table(), table);
      }
    }
    return List.copyOf(missing.values());
  }

  private static ErrorDetail problem(
      String connection, TablePattern pattern, TableEntry entry, List<TablePath> known) {
    ErrorCode code = pattern.isReserved() ? ErrorCode.TABLE_RESERVED : ErrorCode.TABLE_NOT_FOUND;
    String message =
        pattern.isReserved()
            ? "Table %s of %s is not synced: the prefix tidemark_ is reserved."
                .formatted(pattern, connection)
            : "There is no table %s in %s.%s"
                .formatted(
                    path(connection, entry).nameWithSchema(),
                    connection,
                    pattern.didYouMean(known));
    return new ErrorDetail(code.name(), message, Failures.remedy(code));
  }

  private static TablePath path(String connection, TableEntry entry) {
    return new TablePath(connection, entry.schema(), entry.name());
  }

  private static PlannedTable planned(
      BatchSpec spec,
      String connection,
      TableEntry entry,
      @Nullable ErrorDetail problem,
      TableSettings settings) {
    String named = settings.of(path(connection, entry)).orElse("");
    String target = spec.tableSpec(named).target();
    return new PlannedTable(
        new TableId(connection, entry.schema(), entry.name()),
        target == null ? entry.name() : target,
        entry.estimatedRows(),
        problem,
        named);
  }
}
