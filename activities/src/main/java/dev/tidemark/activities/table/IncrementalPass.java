package dev.tidemark.activities.table;

import dev.tidemark.connect.checkpoint.Checkpoint;
import dev.tidemark.connect.checkpoint.RowTally;
import dev.tidemark.connect.checkpoint.Slice;
import dev.tidemark.connect.checkpoint.SliceSession;
import dev.tidemark.connect.table.ChangeColumn;
import dev.tidemark.connect.table.SourceTable;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.workflows.table.ModeSpec;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A pass over what changed. It reads everything behind the watermark that the pass before left, in
 * the order of the changes, and leaves the watermark that it took at its own start; where it could
 * take none, that of the pass before stays. The first pass, and one whose rows have vanished, reads
 * the whole table by its key.
 */
final class IncrementalPass {

  private IncrementalPass() {}

  /**
   * Begins the pass, or goes on with it; gives the mapping in whose order it reads.
   *
   * @param name which table of which connection is read
   * @param remarks told what people should know
   */
  static TableMapping begin(
      SliceSession session,
      SourceTable source,
      String name,
      ModeSpec mode,
      Consumer<String> remarks)
      throws SQLException {
    String changeColumn = Objects.requireNonNull(mode.changeColumn(), "changeColumn");
    ChangeColumn column = new ChangeColumn(source, changeColumn, mode.changeZone());
    Slice slice = session.slice();
    String watermarked = column.watermarked(name);
    Optional<String> reached = slice.watermark(watermarked);
    if (slice.atStart()) {
      if (reached.isEmpty()) {
        // That of other rows or columns is over: this pass may be the last one to write here.
        session.forgetWatermark();
      }
      // Before the first row is read: what commits from now on is above it.
      String next = column.watermark(remarks).orElse(null);
      List<String> cursor = reached.map(List::of).orElse(null);
      session.begin(new Checkpoint(0, cursor, null, false, RowTally.NONE, 0), next, watermarked);
    }
    return reached.isPresent() ? column.inOrder() : source.mapping();
  }
}
