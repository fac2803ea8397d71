package dev.tidemark.activities.letter;

import dev.tidemark.activities.table.CopySessions;
import dev.tidemark.activities.table.TargetPolicies;
import dev.tidemark.activities.table.TaskMapping;
import dev.tidemark.connect.checkpoint.Owner;
import dev.tidemark.connect.checkpoint.SliceKey;
import dev.tidemark.connect.checkpoint.SliceSession;
import dev.tidemark.connect.checkpoint.Slices;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.connection.Connections;
import dev.tidemark.connect.dialect.Dialects;
import dev.tidemark.connect.letter.LetterPlace;
import dev.tidemark.connect.letter.LetterTable;
import dev.tidemark.connect.letter.SliceLetters;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.SourceTable;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.connect.target.TargetTables;
import dev.tidemark.workflows.table.TableTask;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Tries the letters of one slice again that were written by one task. */
final class SliceRetry {

  private final ConnectionConfiguration target;
  private final Slices slices;
  private final TableTask task;
  private final LetterCounts counts;
  private final BooleanSupplier stop;
  private final ConnectionConfiguration source;
  private final Dialect sourceDialect;
  private final Dialect targetDialect;

  /**
   * @param task what the letters were written by
   * @param stop whether to leave after the letter in flight
   */
  SliceRetry(
      Connections connections,
      ConnectionConfiguration target,
      Slices slices,
      TableTask task,
      LetterCounts counts,
      BooleanSupplier stop) {
    this.target = target;
    this.slices = slices;
    this.task = task;
    this.counts = counts;
    this.stop = stop;
    this.source = connections.configuration(task.source().connection());
    this.sourceDialect = Dialects.of(source.type());
    this.targetDialect = Dialects.of(target.type());
  }

  /**
   * Tries them.
   *
   * @param generation how often the run has scheduled this
   * @param attempt the attempt within that
   * @return false when it was to stop before the last one
   * @throws dev.tidemark.connect.checkpoint.SliceBusyException when another sync holds the slice
   */
  boolean run(
      CopySessions sessions, List<LetterPlace> places, Owner owner, int generation, int attempt)
      throws SQLException {
    TableMapping whole = TaskMapping.of(task, source, sessions.source(), true);
    TableShape shape =
        TargetTables.ensure(
            sessions.target(),
            targetDialect,
            target.schema(),
            whole,
            TargetPolicies.of(task).looking());
    LetterTable table = new LetterTable(target);
    table.prepare(sessions.target());
    slices.prepare(sessions.target());
    sessions.prepareToWrite();
    SliceKey key = new SliceKey(shape.name(), places.getFirst().slice());
    SliceSession session = slices.borrow(sessions.target(), key, owner, generation, attempt);
    boolean all =
        allTried(
            new LetterRetry(
                new SourceTable(sessions.source(), sourceDialect, whole.into(shape)),
                sessions.target(),
                targetDialect,
                shape,
                task.spec().mode().deletedColumn(),
                session,
                letters(table, key)),
            places,
            session);
    session.release();
    return all;
  }

  private boolean allTried(LetterRetry retry, List<LetterPlace> places, SliceSession session)
      throws SQLException {
    try {
      for (LetterPlace place : places) {
        if (stop.getAsBoolean()) {
          return false;
        }
        counts.count(retry.tried(place.id()));
      }
      return true;
    } catch (SQLException | RuntimeException e) {
      try {
        // A session that still lives lets the slice go at once.
        session.release();
      } catch (SQLException | RuntimeException more) {
        e.addSuppressed(more);
      }
      throw e;
    }
  }

  /** It writes none that are new, so no limit holds. */
  private SliceLetters letters(LetterTable table, SliceKey key) {
    return new SliceLetters(
        table,
        key,
        new SliceLetters.Writer(task.source().toString(), "", "", 0),
        written -> Set.of());
  }
}
