package dev.tidemark.activities.table;

import dev.tidemark.connect.checkpoint.MadeTables;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.TableDesign;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.connect.target.TargetIndexes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;

/**
 * The indexes that a table made by Tidemark gets when its first rows are in. Whether it awaits them
 * is remembered in the target, so that whoever comes to the end of a pass next makes what a kill
 * has left; of several slices that end at one moment, one makes them.
 */
final class LateIndexes {

  private final MadeTables made;
  private final String table;
  private final CopySessions sessions;
  private final Dialect source;
  private final Dialect target;
  private final TableMapping mapping;
  private final TableShape shape;
  private final TableReport report;
  private final BooleanSupplier stop;
  private final boolean awaited;

  /**
   * Looks whether the table awaits any.
   *
   * @param table by the name under which it was noted
   * @param stop whether to leave before the next index
   */
  LateIndexes(
      MadeTables made,
      String table,
      CopySessions sessions,
      Dialect source,
      Dialect target,
      TableMapping mapping,
      TableShape shape,
      TableReport report,
      BooleanSupplier stop)
      throws SQLException {
    this.made = made;
    this.table = table;
    this.sessions = sessions;
    this.source = source;
    this.target = target;
    this.mapping = mapping;
    this.shape = shape;
    this.report = report;
    this.stop = stop;
    this.awaited = made.awaitsIndexes(sessions.target(), table);
  }

  /** Whether the pass must not be finished before they are made. */
  boolean awaited() {
    return awaited;
  }

  /**
   * Makes them; nothing where the copy of another slice is doing so. No transaction may be open,
   * and none is: their statements would commit it.
   *
   * @return false when it was asked to stop before the last one
   */
  boolean make() throws SQLException {
    if (!awaited) {
      return true;
    }
    Connection session = sessions.target();
    session.setAutoCommit(true);
    boolean stopped = false;
    if (made.take(session, table)) {
      stopped = made.awaitsIndexes(session, table) && !add(session);
      made.give(session, table);
    }
    session.setAutoCommit(false);
    return !stopped;
  }

  private boolean add(Connection session) throws SQLException {
    TableDesign design = source.design(sessions.source(), mapping.source());
    TargetIndexes.Outcome outcome =
        TargetIndexes.add(
            session,
            target,
            shape,
            mapping,
            design,
            name -> {
              report.waitsFor("index " + name);
              return !stop.getAsBoolean();
            });
    report.waitsFor(null);
    if (outcome.stopped()) {
      return false;
    }
    outcome.remarks().forEach(report::remark);
    if (outcome.done()) {
      made.indexed(session, table);
    }
    return true;
  }
}
