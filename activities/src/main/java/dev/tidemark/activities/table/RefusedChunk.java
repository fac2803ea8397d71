package dev.tidemark.activities.table;

import dev.tidemark.connect.checkpoint.RowTally;
import dev.tidemark.connect.checkpoint.SliceSession;
import dev.tidemark.connect.copy.OpenRange;
import dev.tidemark.connect.table.KeyRange;
import dev.tidemark.connect.table.RowLine;
import dev.tidemark.connect.table.RowRejectedException;
import dev.tidemark.connect.table.RowStream;
import dev.tidemark.connect.table.SourceTable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Copies a chunk that the target rejected once more, in smaller ones, each with a commit of its
 * own, down to the rows that are refused; these become dead letters. Where the database says which
 * row it is, those before it are one chunk; else chunks are halved.
 */
final class RefusedChunk {

  private static final int LOOKS_AT_A_KEY = 3;

  private final TableJob job;
  private final TableLetters letters;
  private final SourceTable source;
  private final Connection writing;
  private final ChunkWriting chunks;
  private final SliceSession session;

  /** How many rows the next piece has. */
  private long rows;

  /** The row behind the next piece is the one that was named. */
  private boolean named;

  /** The row of the piece before was named, so that pieces need not grow slowly. */
  private boolean told;

  RefusedChunk(
      TableJob job,
      TableLetters letters,
      SourceTable source,
      Connection writing,
      ChunkWriting chunks,
      SliceSession session) {
    this.job = job;
    this.letters = letters;
    this.source = source;
    this.writing = writing;
    this.chunks = chunks;
    this.session = session;
  }

  /**
   * Copies as many rows as the chunk had, or until it is to stop.
   *
   * @param range to be read from where it is committed; its session is free
   * @param most rows that a chunk should have; this one may have had more
   * @return true when the range ended
   */
  boolean copy(CopyRange range, RowRejectedException rejection, long most) throws SQLException {
    long left = most;
    RowRejectedException last = rejection;
    shrink(rejection, most);
    while (left > 0 && !job.stop().getAsBoolean()) {
      range.rewind();
      try {
        long taken = rows;
        boolean ended = rows == 1 ? passed(range, last) : copied(range);
        if (ended) {
          return true;
        }
        left -= taken;
        grow(left);
      } catch (RowRejectedException e) {
        writing.rollback();
        if (!chunks.writesAgainAfter(e)) {
          shrink(e, rows);
        }
        last = e;
      }
    }
    return false;
  }

  /** Fewer rows than were rejected just now. */
  private void shrink(RowRejectedException rejection, long rejected) {
    long before = rejection.row() - 1;
    told = rejection.row() > 0;
    named = before > 0;
    rows = Math.clamp(told ? before : rejected / 2, 1, Math.max(1, rejected - 1));
  }

  private void grow(long left) {
    rows = named ? 1 : Math.max(1, told ? left : Math.min(left, rows * 2));
    named = false;
  }

  private OpenRange.Piece take(CopyRange range) throws SQLException {
    return range
        .open()
        .take(
            rest ->
                source
                    .dialect()
                    .keyAfter(source.session(), source.mapping(), rest, Math.toIntExact(rows)));
  }

  private boolean copied(CopyRange range) throws SQLException {
    OpenRange.Piece piece = take(range);
    RowTally tally;
    try (RowStream stream = read(piece.range())) {
      try {
        tally = chunks.write(job.paced(stream));
      } catch (RowRejectedException e) {
        stream.drain();
        throw e;
      }
    } catch (IOException e) {
      throw RowStream.unreadable(e);
    }
    return committed(range, piece, tally);
  }

  private boolean committed(CopyRange range, OpenRange.Piece piece, RowTally tally)
      throws SQLException {
    range.commit(session, piece.range(), piece.last(), tally);
    job.report().committed(session.slice());
    return piece.last();
  }

  /** Copies a single row, or keeps it. */
  private boolean passed(CopyRange range, RowRejectedException before) throws SQLException {
    for (int look = 0; look < LOOKS_AT_A_KEY; look++) {
      OpenRange.Piece piece = take(range);
      List<RowLine> lines = lines(piece.range());
      if (lines.isEmpty()) {
        return committed(range, piece, RowTally.NONE);
      }
      if (lines.size() == 1) {
        try {
          return committed(range, piece, chunks.write(lines.getFirst().stream()));
        } catch (RowRejectedException e) {
          writing.rollback();
          if (!chunks.writesAgainAfter(e) && kept(range, piece, lines.getFirst(), e)) {
            return piece.last();
          }
        }
      }
      // The source has changed between two looks at it.
      range.rewind();
    }
    throw new RejectedRow(job.task(), source).explained(before);
  }

  /** False when the row is not where it was. */
  private boolean kept(
      CopyRange range, OpenRange.Piece piece, RowLine line, RowRejectedException rejection)
      throws SQLException {
    List<List<String>> keys =
        source
            .dialect()
            .canonicalKeys(source.session(), source.mapping(), piece.range(), job.shape());
    if (keys.size() != 1) {
      return false;
    }
    letters.keep(
        writing,
        job.targetRows(),
        keys.getFirst(),
        line,
        rejection,
        count -> {
          boolean ignored = committed(range, piece, new RowTally(1, 0, 0, 0, 0, count));
        });
    return true;
  }

  private List<RowLine> lines(KeyRange keys) throws SQLException {
    try (RowStream stream = read(keys)) {
      return RowLine.of(stream);
    } catch (IOException e) {
      throw RowStream.unreadable(e);
    }
  }

  private RowStream read(KeyRange keys) throws SQLException {
    return source.dialect().read(source.session(), source.mapping(), keys, job.targetDialect());
  }
}
