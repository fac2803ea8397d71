package dev.tidemark.activities.table;

import dev.tidemark.connect.checkpoint.RowTally;
import dev.tidemark.connect.table.KeyRange;
import dev.tidemark.connect.table.RowRejectedException;
import dev.tidemark.connect.table.RowStream;
import dev.tidemark.connect.table.SourceTable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Finds the first row of a chunk that the target refuses, where the database does not say which: a
 * trigger, say, or a check of a row that was staged. Rows from the first one on are written and
 * rolled back, more of them and fewer, until one row makes the difference.
 */
final class RefusedRowSearch {

  /** Such a row may refer to one that comes behind it. */
  private static final String REFERENCE = "23503";

  private final TableJob job;
  private final SourceTable source;
  private final Connection writing;
  private final ChunkWriting chunks;

  /** Of a chunk whose session of the source is free. */
  RefusedRowSearch(TableJob job, SourceTable source, Connection writing, ChunkWriting chunks) {
    this.job = job;
    this.source = source;
    this.writing = writing;
    this.chunks = chunks;
  }

  /**
   * The rejection with its row; as it was where it has one, or where none can be told.
   *
   * @param keys of the chunk, which is rolled back
   */
  RowRejectedException located(KeyRange keys, RowRejectedException rejection) {
    // A value that is there already may be given up by a row that comes behind.
    if (rejection.row() > 0 || rejection.duplicate() || source.mapping().order().isEmpty()) {
      return rejection;
    }
    try {
      return found(keys, rejection);
    } catch (SQLException e) {
      // Why the row is rejected counts more than which it is.
      rejection.addSuppressed(e);
      return rejection;
    }
  }

  private RowRejectedException found(KeyRange keys, RowRejectedException rejection)
      throws SQLException {
    RowRejectedException last = rejection;
    long taken = 0;
    // Of none it is known at first.
    long refused = Long.MAX_VALUE;
    while (refused - taken > 1) {
      long rows = Math.min(Math.max(1, taken * 2), taken + (refused - taken) / 2);
      Optional<List<String>> end = keyAfter(keys, rows);
      Optional<RowRejectedException> found =
          tried(end.map(key -> new KeyRange(keys.after(), key)).orElse(keys));
      if (found.isPresent()) {
        last = found.get();
        refused = rows;
        if (last.code() != rejection.code() || job.stop().getAsBoolean()) {
          return rejection;
        }
        if (last.row() > 0) {
          return last;
        }
      } else if (end.isEmpty() || job.stop().getAsBoolean()) {
        return rejection;
      } else {
        taken = rows;
      }
    }
    boolean another =
        REFERENCE.equals(last.getSQLState())
            && !String.valueOf(last.getMessage()).equals(rejection.getMessage());
    return another ? rejection : last.at(refused);
  }

  private Optional<List<String>> keyAfter(KeyRange keys, long rows) throws SQLException {
    return source
        .dialect()
        .keyAfter(source.session(), source.mapping(), keys, Math.toIntExact(rows));
  }

  /** How these rows are refused; empty when they are taken. */
  private Optional<RowRejectedException> tried(KeyRange keys) throws SQLException {
    try (RowStream rows =
        source.dialect().read(source.session(), source.mapping(), keys, job.targetDialect())) {
      try {
        RowTally ignored = chunks.write(job.paced(rows));
        return Optional.empty();
      } catch (RowRejectedException e) {
        rows.drain();
        return Optional.of(e);
      }
    } catch (IOException e) {
      throw RowStream.unreadable(e);
    } finally {
      writing.rollback();
    }
  }
}
