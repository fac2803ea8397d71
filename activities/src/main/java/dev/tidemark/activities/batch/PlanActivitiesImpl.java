package dev.tidemark.activities.batch;

import dev.tidemark.activities.table.ActivityFailures;
import dev.tidemark.activities.table.Heartbeats;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.connection.Connections;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.table.Dialects;
import dev.tidemark.connect.table.TableEntry;
import dev.tidemark.connect.table.TableNames;
import dev.tidemark.connect.table.TablePattern;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.PlanActivities;
import dev.tidemark.workflows.batch.PlanInput;
import dev.tidemark.workflows.batch.PlannedTable;
import dev.tidemark.workflows.batch.SourcePlan;
import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.TableId;
import io.temporal.activity.Activity;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the tables of a source in its catalog. */
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

  private List<PlannedTable> tables(BatchSpec spec, String name) throws SQLException {
    ConnectionConfiguration source = connections.configuration(name);
    List<TableEntry> entries;
    try (Connection session = connections.open(name)) {
      entries = Dialects.of(source.type()).tables(session, source.schema());
    }
    List<TablePattern> excluded = spec.excludeTables().stream().map(TablePattern::parse).toList();
    List<PlannedTable> planned = new ArrayList<>();
    List<TablePattern> wanted = spec.tables().stream().map(TablePattern::parse).toList();
    for (TableEntry entry : entries) {
      if (matches(wanted, entry) && !matches(excluded, entry)) {
        planned.add(planned(spec, name, entry, null));
      }
    }
    planned.sort(Comparator.comparingLong(PlannedTable::estimatedRows).reversed());
    for (TablePattern pattern : wanted) {
      if (!pattern.hasWildcard()
          && entries.stream().noneMatch(entry -> matches(List.of(pattern), entry))) {
        planned.add(missing(spec, source, pattern));
      }
    }
    return planned;
  }

  private static boolean matches(List<TablePattern> patterns, TableEntry entry) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(entry.schema(), entry.name()));
  }

  private static String name(TablePattern pattern) {
    String text = pattern.toString();
    return TableNames.snake(text.substring(text.lastIndexOf('.') + 1));
  }

  private static PlannedTable missing(
      BatchSpec spec, ConnectionConfiguration source, TablePattern pattern) {
    TableEntry entry = new TableEntry(source.schema(), name(pattern), 0);
    ErrorDetail problem =
        new ErrorDetail(
            ErrorCode.TABLE_NOT_FOUND.name(),
            "There is no table "
                + entry.schema()
                + "."
                + entry.name()
                + " in "
                + source.name()
                + ".",
            Failures.remedy(ErrorCode.TABLE_NOT_FOUND));
    return planned(spec, source.name(), entry, problem);
  }

  private static PlannedTable planned(
      BatchSpec spec, String connection, TableEntry entry, @Nullable ErrorDetail problem) {
    String target = spec.tableSpec(entry.name()).target();
    return new PlannedTable(
        new TableId(connection, entry.schema(), entry.name()),
        target == null ? entry.name() : target,
        entry.estimatedRows(),
        problem);
  }
}
