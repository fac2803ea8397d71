package dev.tidemark.activities.table;

import dev.tidemark.connect.checkpoint.Slice;
import dev.tidemark.connect.connection.RateLimit;
import dev.tidemark.connect.copy.ChunkSize;
import dev.tidemark.connect.table.ChunkWriter;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.PacedRows;
import dev.tidemark.connect.table.RowStream;
import dev.tidemark.connect.table.SourceTable;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.connect.target.TargetRows;
import dev.tidemark.workflows.table.TableTask;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What all sessions that copy one table share.
 *
 * @param shape the table that is written
 * @param straight whether rows may go straight into the table: the slice was empty, and the table
 *     itself refuses a second row of a key
 * @param parallelRanges sessions that copy at once, at most
 * @param limits of the source and of the target
 * @param letters where rows are kept that the target refuses; null when the first one fails the
 *     table
 * @param stop whether to leave after the chunk in flight; asked from several threads
 */
record TableJob(
    TableTask task,
    TableMapping mapping,
    TableShape shape,
    Dialect sourceDialect,
    Dialect targetDialect,
    Slice slice,
    boolean straight,
    int parallelRanges,
    TableReport report,
    List<RateLimit> limits,
    @Nullable TableLetters letters,
    BooleanSupplier stop) {

  /** The table that is read, by a session. */
  SourceTable source(Connection session) {
    return new SourceTable(session, sourceDialect, mapping);
  }

  /**
   * The same without some rows of the source, whose keys are in their canonical text. They are
   * neither read nor counted.
   */
  TableJob without(List<List<String>> keys) {
    return new TableJob(
        task,
        mapping.without(sourceDialect, keys),
        shape,
        sourceDialect,
        targetDialect,
        slice,
        straight,
        parallelRanges,
        report,
        limits,
        letters,
        stop);
  }

  /** Writes the table by a session. */
  ChunkWriter writer(Connection session) throws SQLException {
    return targetDialect.writer(session, shape.schema(), mapping, shape);
  }

  /** Rows of the table that is written. */
  TargetRows targetRows() {
    return new TargetRows(targetDialect, mapping, shape);
  }

  /** How many rows the chunks of one session have. */
  ChunkSize chunkSize() {
    int rows = task.spec().chunkRows();
    ChunkSize size = rows == 0 ? ChunkSize.adaptive() : ChunkSize.of(rows);
    int most = limits.stream().mapToInt(RateLimit::rowsASecond).min().orElse(Integer.MAX_VALUE);
    return size.limited(rowsAtOnce(size.rows()), most);
  }

  /** How many rows may pass in about a second; never more than these. */
  int rowsAtOnce(int most) {
    return limits.stream().mapToInt(limit -> limit.rowsAtOnce(most)).min().orElse(most);
  }

  /** Held up on their way, where a connection has limits. */
  RowStream paced(RowStream rows) {
    return limits.stream().anyMatch(RateLimit::limits) ? new PacedRows(rows, this::passed) : rows;
  }

  private void passed(long rows, long bytes) {
    limits.forEach(limit -> limit.passed(rows, bytes, stop));
  }

  /** Waits for rows that both databases have looked at, and that did not travel. */
  void compared(long sourceRows, long targetRows) {
    limits.getFirst().passed(sourceRows, 0, stop);
    limits.getLast().passed(targetRows, 0, stop);
  }
}
