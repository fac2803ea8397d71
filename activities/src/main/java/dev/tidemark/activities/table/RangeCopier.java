package dev.tidemark.activities.table;

import dev.tidemark.connect.checkpoint.RowTally;
import dev.tidemark.connect.checkpoint.SliceSession;
import dev.tidemark.connect.copy.ChunkReader;
import dev.tidemark.connect.copy.ChunkSize;
import dev.tidemark.connect.table.ChunkWriter;
import dev.tidemark.connect.table.KeyRange;
import dev.tidemark.connect.table.RowRejectedException;
import dev.tidemark.connect.table.RowStream;
import dev.tidemark.connect.table.SourceTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Copies ranges with one session on each side, chunk by chunk, each in a transaction. */
final class RangeCopier {

  /** What happens between two chunks. */
  @FunctionalInterface
  interface BetweenChunks {
    /** False to leave the range to others. */
    boolean goOn() throws SQLException;
  }

  private enum Left {
    FINISHED,
    STOPPED,
    /** To be read again from where it is committed. */
    AGAIN
  }

  private final TableJob job;
  private final SourceTable source;
  private final Connection writing;
  private final SliceSession session;
  private final CopyRanges ranges;
  private final ChunkSize size;
  private final ChunkWriting chunks;

  RangeCopier(
      TableJob job,
      SourceTable source,
      Connection writing,
      ChunkWriter writer,
      SliceSession session,
      CopyRanges ranges) {
    this.job = job;
    this.source = source;
    this.writing = writing;
    this.session = session;
    this.ranges = ranges;
    this.size = job.chunkSize();
    this.chunks = new ChunkWriting(writer, job.straight());
  }

  /** Copies until no range is left for it, or until it is to stop. */
  void run(BetweenChunks between) throws SQLException {
    while (!job.stop().getAsBoolean()) {
      Optional<CopyRange> range = ranges.next(session, source);
      if (range.isEmpty()) {
        return;
      }
      if (!copied(range.get(), between)) {
        return;
      }
    }
  }

  /** True when the range is copied to its end. */
  private boolean copied(CopyRange range, BetweenChunks between) throws SQLException {
    boolean finished = false;
    try {
      Left left = copyAhead(range, between);
      while (left == Left.AGAIN) {
        range.rewind();
        left = copyAhead(range, between);
      }
      finished = left == Left.FINISHED;
      return finished;
    } finally {
      if (finished) {
        ranges.done(range);
      } else {
        ranges.giveBack(range);
      }
    }
  }

  /** Copies until the end, or until a chunk has to be read again; the source reads ahead. */
  private Left copyAhead(CopyRange range, BetweenChunks between) throws SQLException {
    KeyRange keys = range.open().rest().orElseGet(() -> new KeyRange(null, null));
    RowRejectedException rejection;
    try (ChunkReader reader = new ChunkReader(source, job.targetDialect(), range.open(), size)) {
      do {
        ChunkReader.Chunk chunk = reader.next();
        keys = chunk.range();
        long start = System.nanoTime();
        RowStream rows = job.paced(chunk.rows());
        RowTally tally = chunks.write(rows);
        range.commit(session, keys, chunk.last(), tally);
        job.report().committed(session.slice());
        chunks.remark().ifPresent(job.report()::remark);
        size.took(tally.read(), rows.bytes(), Duration.ofNanos(System.nanoTime() - start));
        if (chunk.last()) {
          return Left.FINISHED;
        }
      } while (goesOn(between));
      return Left.STOPPED;
    } catch (RowRejectedException e) {
      rejection = e;
    }
    // The reader has given the session back, which the explanation needs.
    writing.rollback();
    if (chunks.writesAgainAfter(rejection)) {
      return Left.AGAIN;
    }
    TableLetters letters = job.letters();
    if (letters == null) {
      RowRejectedException located =
          new RefusedRowSearch(job, source, writing, chunks).located(keys, rejection);
      throw new RejectedRow(job.task(), source).explained(keys, located);
    }
    boolean ended =
        new RefusedChunk(job, letters, source, writing, chunks, session)
            .copy(range, rejection, size.rows());
    return ended ? Left.FINISHED : goesOn(between) ? Left.AGAIN : Left.STOPPED;
  }

  private boolean goesOn(BetweenChunks between) throws SQLException {
    return !job.stop().getAsBoolean() && between.goOn();
  }
}
