package dev.tidemark.activities.table;

import dev.tidemark.connect.checkpoint.MadeTables;
import dev.tidemark.connect.checkpoint.Slices;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.dialect.Dialects;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.TableDesign;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.connect.target.TargetTables;
import dev.tidemark.workflows.table.TableTask;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;

/** The table that a copy writes: found, made or widened before it, and indexed behind it. */
final class TargetTable {

  private final TableTask task;
  private final ConnectionConfiguration target;
  private final Dialect sourceDialect;
  private final Dialect targetDialect;
  private final Slices slices;
  private final CopySessions sessions;
  private final MadeTables made;

  TargetTable(
      TableTask task,
      ConnectionConfiguration target,
      Dialect sourceDialect,
      Slices slices,
      CopySessions sessions) {
    this.task = task;
    this.target = target;
    this.sourceDialect = sourceDialect;
    this.targetDialect = Dialects.of(target.type());
    this.slices = slices;
    this.sessions = sessions;
    this.made = new MadeTables(target);
  }

  /** As it is, once it can take what is coming. */
  TableShape ensure(TableMapping mapping) throws SQLException {
    return TargetTables.ensure(
        sessions.target(),
        targetDialect,
        target.schema(),
        TaskCasts.of(task, mapping, sessions.target(), targetDialect, target.schema()),
        TargetPolicies.of(task),
        () -> noted(mapping));
  }

  /** As it is, for somebody who only looks. */
  TableShape seen(TableMapping mapping) throws SQLException {
    return TargetTables.ensure(
        sessions.target(),
        targetDialect,
        target.schema(),
        mapping,
        TargetPolicies.of(task).looking());
  }

  /** Read where the table is about to be made, which the target is to remember. */
  private TableDesign noted(TableMapping mapping) throws SQLException {
    TableDesign design = sourceDialect.design(sessions.source(), mapping.source());
    boolean more = !design.indexes().isEmpty() || !design.leftOut().isEmpty();
    slices.prepare(sessions.target());
    made.note(sessions.target(), task.targetTable(), more);
    return design;
  }

  /**
   * What is to be made in it once its rows are in.
   *
   * @param stop whether to leave before the next index
   */
  LateIndexes indexes(
      TableMapping mapping, TableShape shape, TableReport report, BooleanSupplier stop)
      throws SQLException {
    return new LateIndexes(
        made,
        task.targetTable(),
        sessions,
        sourceDialect,
        targetDialect,
        mapping,
        shape,
        report,
        stop);
  }
}
