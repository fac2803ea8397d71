package dev.tidemark.activities.table;

import dev.tidemark.connect.checkpoint.Checkpoint;
import dev.tidemark.connect.checkpoint.Slice;
import dev.tidemark.connect.table.ChunkReader;
import dev.tidemark.connect.table.ChunkWriter;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.KeyRange;
import dev.tidemark.connect.table.MergeCounts;
import dev.tidemark.connect.table.RowRejectedException;
import dev.tidemark.connect.table.RowStream;
import dev.tidemark.workflows.table.TableTask;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;

/** Copies the chunks of a slice that was granted, from its checkpoint on, each in a transaction. */
final class ChunkCopy {

  private enum Left {
    FINISHED,
    STOPPED,
    DUPLICATE
  }

  private final TableTask task;
  private final SourceTable source;
  private final Dialect targetDialect;
  private final Connection writing;
  private final ChunkWriter writer;
  private final Slice slice;
  private final TableReport report;
  private final BooleanSupplier stop;

  ChunkCopy(
      TableTask task,
      SourceTable source,
      Dialect targetDialect,
      Connection writing,
      ChunkWriter writer,
      Slice slice,
      TableReport report,
      BooleanSupplier stop) {
    this.task = task;
    this.source = source;
    this.targetDialect = targetDialect;
    this.writing = writing;
    this.writer = writer;
    this.slice = slice;
    this.report = report;
    this.stop = stop;
  }

  /**
   * Copies.
   *
   * @param mayInsert whether rows may go straight into the table: the slice was empty, and the
   *     table itself refuses a second row of a key
   * @return true when the last chunk is committed; false when it stopped before, and then the slice
   *     keeps no session
   */
  boolean run(boolean mayInsert) throws SQLException {
    boolean straight = mayInsert;
    while (!stop.getAsBoolean()) {
      switch (copyAhead(straight)) {
        case FINISHED -> {
          return true;
        }
        case STOPPED -> {
          slice.unmark();
          return false;
        }
        // Somebody else wrote into the slice meanwhile: let the merge sort it out from here on.
        case DUPLICATE -> straight = false;
      }
    }
    slice.unmark();
    return false;
  }

  /**
   * Copies until the end, or until a chunk has to be read again; the source reads ahead.
   *
   * @param straight into the table, which refuses a row that is there
   */
  private Left copyAhead(boolean straight) throws SQLException {
    KeyRange range = new KeyRange(slice.checkpoint().cursor(), null);
    RowRejectedException rejection;
    try (ChunkReader reader = reader()) {
      do {
        ChunkReader.Chunk chunk = reader.next();
        range = chunk.range();
        RowStream rows = chunk.rows();
        if (commit(range, straight ? inserted(range, rows) : merged(range, rows))) {
          return Left.FINISHED;
        }
      } while (!stop.getAsBoolean());
      return Left.STOPPED;
    } catch (RowRejectedException e) {
      rejection = e;
    }
    // The reader has given the session back, which the explanation needs.
    writing.rollback();
    if (straight && rejection.duplicate()) {
      return Left.DUPLICATE;
    }
    throw new RejectedRow(task, source).explained(range, rejection);
  }

  private ChunkReader reader() {
    return new ChunkReader(
        source.session(),
        source.dialect(),
        source.mapping(),
        targetDialect,
        task.spec().chunkRows(),
        slice.checkpoint().cursor());
  }

  private Checkpoint inserted(KeyRange range, RowStream rows) throws SQLException {
    long inserted = writer.insert(rows);
    return slice.checkpoint().after(range.upTo(), rows.rows(), inserted, 0);
  }

  private Checkpoint merged(KeyRange range, RowStream rows) throws SQLException {
    MergeCounts counts = writer.merge(rows);
    return slice.checkpoint().after(range.upTo(), rows.rows(), counts.inserted(), counts.updated());
  }

  /** True when that was the last chunk. */
  private boolean commit(KeyRange range, Checkpoint next) throws SQLException {
    boolean last = range.upTo() == null;
    if (last) {
      slice.finish(next);
    } else {
      slice.commit(next);
    }
    report.committed(next);
    return last;
  }
}
