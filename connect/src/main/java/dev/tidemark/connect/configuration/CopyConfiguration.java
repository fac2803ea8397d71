package dev.tidemark.connect.configuration;

import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How tables are copied: what a batch says for all of its tables, or for one of them.
 *
 * @param mode how a table is brought in step
 * @param changeColumn source column that tells when a row changed; for the incremental mode
 * @param changeZone where the times of a change column without a zone are written; null where
 *     nobody says
 * @param deletes what happens to rows that the source does not have any more
 * @param deletedColumn target column that tells since when a row is deleted; for soft deletes
 * @param chunkRows rows committed in one transaction; 0 as many as take about a second
 * @param parallelRanges sessions that copy ranges of one table's keys at once, at most; 0 as many
 *     as the worker has processors for
 * @param deadLetters refused rows that are kept apart, of one table of one source; 0 for none: the
 *     first one fails the table
 * @param widenTables whether a target table gets columns that the source gained, and wider types
 *     where that is safe
 * @param allowLoss whether values may be changed where the target's columns hold less
 */
public record CopyConfiguration(
    SyncMode mode,
    @Nullable String changeColumn,
    @Nullable ZoneId changeZone,
    Deletes deletes,
    String deletedColumn,
    int chunkRows,
    int parallelRanges,
    int deadLetters,
    boolean widenTables,
    boolean allowLoss) {

  public static final int DEFAULT_CHUNK_ROWS = 0;
  public static final int DEFAULT_PARALLEL_RANGES = 0;
  public static final int DEFAULT_DEAD_LETTERS = 0;
  public static final String DEFAULT_DELETED_COLUMN = "deleted_at";

  public static final CopyConfiguration DEFAULT =
      new CopyConfiguration(
          SyncMode.FULL,
          null,
          null,
          Deletes.IGNORE,
          DEFAULT_DELETED_COLUMN,
          DEFAULT_CHUNK_ROWS,
          DEFAULT_PARALLEL_RANGES,
          DEFAULT_DEAD_LETTERS,
          false,
          false);

  public CopyConfiguration {
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(deletes, "deletes");
    Objects.requireNonNull(deletedColumn, "deletedColumn");
  }

  /** The same with chunks of so many rows. */
  public CopyConfiguration withChunkRows(int rows) {
    return new CopyConfiguration(
        mode,
        changeColumn,
        changeZone,
        deletes,
        deletedColumn,
        rows,
        parallelRanges,
        deadLetters,
        widenTables,
        allowLoss);
  }
}
