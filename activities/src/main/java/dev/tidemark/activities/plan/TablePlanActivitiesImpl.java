package dev.tidemark.activities.plan;

import dev.tidemark.activities.table.ActivityFailures;
import dev.tidemark.activities.table.Heartbeats;
import dev.tidemark.connect.connection.Connections;
import dev.tidemark.connect.control.BatchArchive;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.workflows.plan.TablePlan;
import dev.tidemark.workflows.plan.TablePlanActivities;
import dev.tidemark.workflows.plan.TablePlans;
import dev.tidemark.workflows.plan.TablesToPlan;
import dev.tidemark.workflows.table.TableTask;
import io.temporal.activity.Activity;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Looks at tables on both sides with one session of each. */
public final class TablePlanActivitiesImpl implements TablePlanActivities {

  private final Connections connections;
  private final BatchArchive archive;

  public TablePlanActivitiesImpl(Connections connections, BatchArchive archive) {
    this.connections = connections;
    this.archive = archive;
  }

  @Override
  public TablePlans planTables(TablesToPlan asked) {
    TableTask first = asked.tables().getFirst();
    String source = first.source().connection();
    try (Heartbeats ignored =
        Heartbeats.start(Activity.getExecutionContext(), () -> "planning tables of " + source)) {
      return new TablePlans(plans(asked, source, first.targetConnection()));
    } catch (SQLException | RuntimeException e) {
      throw ActivityFailures.of(Failures.explain("planning tables of " + source, e));
    }
  }

  private List<TablePlan> plans(TablesToPlan asked, String source, String target)
      throws SQLException {
    PastRuns past = PastRuns.read(archive, source, target);
    try (Connection reading = open(source);
        Connection looking = open(target)) {
      List<TablePlan> plans = new ArrayList<>();
      for (TableTask task : asked.tables()) {
        plans.add(new TablePlanner(connections, task, reading, looking, past).plan(asked.ddl()));
      }
      return plans;
    }
  }

  /** Whoever reads the error must see which of the two databases it is about. */
  private Connection open(String name) {
    try {
      return connections.open(name);
    } catch (SQLException e) {
      throw Failures.explain("connecting to " + name, e);
    }
  }
}
