package dev.tidemark.activities.table;

import dev.tidemark.connect.comparison.Comparison;
import dev.tidemark.connect.comparison.Portion;
import dev.tidemark.connect.comparison.RowSum;
import dev.tidemark.connect.comparison.Side;
import dev.tidemark.connect.connection.Connections;
import dev.tidemark.connect.connection.Lease;
import dev.tidemark.connect.dialect.Dialects;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.workflows.table.Keyless;
import dev.tidemark.workflows.table.TableTask;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A table whose rows have no key, so that nobody can say which of them to mend. It is compared as a
 * bag of rows, and what differs is the table.
 */
final class KeylessTable {

  /** How a comparison ended. */
  enum Verdict {
    EQUAL,
    DIFFERENT,
    STOPPED
  }

  private final Connections connections;
  private final TableTask task;
  private final TableReport report;
  private final BooleanSupplier stop;

  KeylessTable(Connections connections, TableTask task, TableReport report, BooleanSupplier stop) {
    this.connections = connections;
    this.task = task;
    this.report = report;
    this.stop = stop;
  }

  /** Whether it is replaced when it differs. */
  boolean mayBeReplaced() {
    return task.spec().mode().keyless() == Keyless.REPLACED;
  }

  /**
   * Compares it until something differs. Nothing is claimed: whoever replaces it meanwhile does so
   * at once.
   *
   * @param opened told of each session before it is used
   * @throws SyncException NO_KEY when it differs and may not be replaced
   */
  Verdict compared(Lease lease, TableMapping whole, TableShape shape, Consumer<Connection> opened)
      throws SQLException {
    String from = task.source().connection();
    String to = task.targetConnection();
    String mark =
        Optional.ofNullable(task.spec().mode().deletedColumn())
            .filter(name -> shape.column(name).isPresent())
            .orElse(null);
    try (Connection here = lease.open(from);
        Connection there = lease.open(to)) {
      opened.accept(here);
      opened.accept(there);
      Side source = new Side(here, Dialects.of(connections.configuration(from).type()));
      Side target =
          Side.withoutDeleted(there, Dialects.of(connections.configuration(to).type()), mark);
      try (Comparison comparison = Comparison.of(source, target, whole.into(shape), shape)) {
        return compared(comparison);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Verdict.STOPPED;
    }
  }

  private Verdict compared(Comparison comparison) throws SQLException, InterruptedException {
    RowSum here = RowSum.NONE;
    RowSum there = RowSum.NONE;
    Optional<Portion> portion = comparison.next();
    while (portion.isPresent()) {
      here = here.plus(portion.get().source());
      there = there.plus(portion.get().target());
      paced(portion.get());
      if (!here.equals(there) || !portion.get().differences().isEmpty()) {
        return different(here.rows(), there.rows());
      }
      if (stop.getAsBoolean()) {
        return Verdict.STOPPED;
      }
      portion = comparison.next();
    }
    report.equal(here.rows());
    return Verdict.EQUAL;
  }

  private void paced(Portion portion) {
    connections.limit(task.source().connection()).passed(portion.source().rows(), 0, stop);
    connections.limit(task.targetConnection()).passed(portion.target().rows(), 0, stop);
  }

  private Verdict different(long here, long there) {
    if (!mayBeReplaced()) {
      throw new SyncException(
          ErrorCode.NO_KEY,
          ("Table %s has no key, and differs: %,d rows in the source, %,d in the target. Which of"
                  + " them to mend cannot be told.")
              .formatted(task.source(), here, there),
          "Sync it as a whole: mode: replace, which a repair then does too unless --deletes says"
              + " ignore or soft. Or name the columns that identify a row under key:.");
    }
    return Verdict.DIFFERENT;
  }

  /** The end of its replacement. */
  void wasReplaced() {
    report.remark("it has no key, and differed: it was replaced as a whole");
  }
}
