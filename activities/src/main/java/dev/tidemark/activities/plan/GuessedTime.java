package dev.tidemark.activities.plan;

import dev.tidemark.connect.configuration.ConnectionLimits;
import dev.tidemark.workflows.plan.Estimate;
import dev.tidemark.workflows.plan.PaceFrom;
import dev.tidemark.workflows.plan.TableFate;
import dev.tidemark.workflows.table.SyncMode;
import java.util.Locale;

/**
 * How long a table may take where nothing was copied before that would say: its bytes in the source
 * by a pace that is slow on purpose, since whoever plans a night wants to be surprised by its early
 * end. The first run replaces the guess.
 *
 * @param bytes that would be read
 * @param rows that would be read; 0 when unknown
 */
record GuessedTime(long bytes, long rows) {

  /**
   * Into a table that is made, or loaded out of sight. Copies of 12 columns from PostgreSQL took 11
   * to 20 MB of the source's table in a second, with both servers and the worker on two cores; this
   * is a little less than the slowest.
   */
  static final long LOADED = 10_000_000;

  /**
   * Into a table that is there, by a temporary one. With nothing to write it took as long as a
   * load; with all rows changed the target writes each of them twice.
   */
  static final long MERGED = 5_000_000;

  /** Both sides compared took 18 to 23 MB in a second; what differs is written beside. */
  static final long COMPARED = 10_000_000;

  /** Rows that go in by INSERT are text that the target has to parse. */
  static final int SLOWER_BY_INSERT = 2;

  /** Measured where an invoice of 12 columns took 10 bytes each, with all that goes with a row. */
  static final long BYTES_OF_A_COLUMN = 16;

  /** What a table takes that has no rows: 50 to 60 ms beside others, some more alone. */
  static final double SECONDS_OF_AN_EMPTY_TABLE = 0.25;

  /**
   * What a copy would read of a table.
   *
   * @param bytes that the whole table takes; 0 when unknown
   * @param all rows of the table; 0 when unknown
   * @param rows of those that pass the filter; 0 when unknown
   */
  static GuessedTime of(long bytes, long all, long rows, int columns) {
    if (bytes == 0) {
      return new GuessedTime(rows * columns * BYTES_OF_A_COLUMN, rows);
    }
    double share = all > 0 && rows < all ? (double) rows / all : 1;
    return new GuessedTime(Math.round(bytes * share), rows);
  }

  /**
   * The time.
   *
   * @param loads whether the target takes bulk loads
   */
  Estimate estimate(
      SyncMode mode, TableFate fate, boolean loads, ConnectionLimits from, ConnectionLimits to) {
    long pace = pace(mode, fate) / (loads ? 1 : SLOWER_BY_INSERT);
    double limited = Math.max(limited(from), limited(to));
    double seconds = SECONDS_OF_AN_EMPTY_TABLE + (double) bytes / pace;
    return limited > seconds
        ? guess(limited, "the connections let no more pass")
        : guess(seconds, String.format(Locale.ROOT, "at %.3g MB/s", pace / 1e6));
  }

  private static Estimate guess(double seconds, String how) {
    return new Estimate(seconds, "nothing like it was copied before; " + how, PaceFrom.GUESS);
  }

  private static long pace(SyncMode mode, TableFate fate) {
    boolean there =
        switch (fate) {
          case CREATED, MISSING -> false;
          case TAKEN, WIDENED -> true;
        };
    return switch (mode) {
      case FULL, INCREMENTAL -> there ? MERGED : LOADED;
      case DIFF -> there ? COMPARED : LOADED;
      case REPLACE -> LOADED;
    };
  }

  private double limited(ConnectionLimits limits) {
    double byRows = limits.rowsPerSecond() == 0 ? 0 : (double) rows / limits.rowsPerSecond();
    double byBytes = limits.bytesPerSecond() == 0 ? 0 : (double) bytes / limits.bytesPerSecond();
    return Math.max(byRows, byBytes);
  }
}
