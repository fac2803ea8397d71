package dev.tidemark.activities.table;

import dev.tidemark.connect.checkpoint.Slice;
import dev.tidemark.connect.table.ChunkSize;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.workflows.table.TableTask;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What all sessions that copy one table share.
 *
 * @param shape the table that is written
 * @param straight whether rows may go straight into the table: the slice was empty, and the table
 *     itself refuses a second row of a key
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
    TableReport report,
    @Nullable TableLetters letters,
    BooleanSupplier stop) {

  /** How many rows the chunks of one session have. */
  ChunkSize chunkSize() {
    int rows = task.spec().chunkRows();
    return rows == 0 ? ChunkSize.adaptive() : ChunkSize.of(rows);
  }
}
