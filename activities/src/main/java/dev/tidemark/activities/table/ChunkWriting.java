package dev.tidemark.activities.table;

import dev.tidemark.connect.checkpoint.RowTally;
import dev.tidemark.connect.table.ChunkWriter;
import dev.tidemark.connect.table.MergeCounts;
import dev.tidemark.connect.table.RowRejectedException;
import dev.tidemark.connect.table.RowStream;
import java.sql.SQLException;
import java.util.Optional;

/**
 * How one session writes its chunks: straight into the table where no row of them can be there, and
 * by merging once somebody else turns out to write there too.
 */
final class ChunkWriting {

  private final ChunkWriter writer;
  private boolean straight;

  ChunkWriting(ChunkWriter writer, boolean straight) {
    this.writer = writer;
    this.straight = straight;
  }

  /** Writes a chunk and tells what became of it; commits nothing. */
  RowTally write(RowStream rows) throws SQLException {
    if (straight) {
      long inserted = writer.insert(rows);
      return new RowTally(rows.rows(), inserted, 0);
    }
    MergeCounts counts = writer.merge(rows);
    return new RowTally(rows.rows(), counts.inserted(), counts.updated());
  }

  /** What people should know of how chunks are written. */
  Optional<String> remark() {
    return writer.remark();
  }

  /**
   * Whether a chunk that was rejected is to be written again as it is, in another way from here on:
   * somebody else wrote into the slice meanwhile, or a trigger puts rows elsewhere, which the merge
   * sorts out, or its rows exchange unique values. To be asked when the transaction was rolled
   * back.
   */
  boolean writesAgainAfter(RowRejectedException rejection) throws SQLException {
    boolean merges = straight && (rejection.duplicate() || rejection.keptOut());
    straight &= !merges;
    return merges || writer.writesAgainAfter(rejection);
  }
}
