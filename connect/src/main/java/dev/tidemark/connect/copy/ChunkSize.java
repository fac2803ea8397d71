package dev.tidemark.connect.copy;

import java.time.Duration;

/**
 * How many rows the next chunk has. A chunk should take about a second: long enough that its commit
 * costs little, short enough that a stop, or a kill, costs little too. Rows may be wide, so its
 * bytes count as well.
 */
public final class ChunkSize {

  /** What a first chunk has, unless the configuration says how many rows. */
  public static final int FIRST_ROWS = 5_000;

  private static final int MOST_ROWS = 100_000;
  private static final int FEWEST_ROWS = 50;
  private static final double SECONDS = 1;
  private static final double BYTES = 32 << 20;
  private static final double FASTEST_GROWTH = 4;

  private final int most;
  private final double seconds;
  private final boolean exact;
  private volatile int rows;

  private ChunkSize(int first, int most, double seconds, boolean exact) {
    this.rows = first;
    this.most = most;
    this.seconds = seconds;
    this.exact = exact;
  }

  /** Grows and shrinks as it finds fit. */
  public static ChunkSize adaptive() {
    return new ChunkSize(FIRST_ROWS, MOST_ROWS, SECONDS, false);
  }

  /** So many rows, fewer only where they take very long or are very wide. */
  public static ChunkSize of(int rows) {
    return new ChunkSize(rows, rows, 20 * SECONDS, true);
  }

  /**
   * The same within a limit.
   *
   * @param first rows of the first chunk at most
   * @param all rows of any chunk at most, whatever it learns
   */
  public ChunkSize limited(int first, int all) {
    boolean limits = all < most || first < rows;
    return new ChunkSize(
        Math.min(rows, Math.min(first, all)), Math.min(most, all), seconds, exact || limits);
  }

  /** Rows of the next chunk. */
  public int rows() {
    return rows;
  }

  /** Whether no chunk may have more rows; else about as many will do. */
  public boolean exact() {
    return exact;
  }

  /** Learns from a chunk that was committed. */
  public void took(long chunkRows, long bytes, Duration time) {
    if (chunkRows < Math.min(rows, FEWEST_ROWS)) {
      // The last rows of a range tell little.
      return;
    }
    double byTime = seconds / Math.max(1e-3, time.toNanos() / 1e9);
    double byBytes = BYTES / Math.max(1, bytes);
    double factor = Math.min(FASTEST_GROWTH, Math.min(byTime, byBytes));
    long wanted = Math.round(chunkRows * factor);
    rows = Math.clamp(wanted, Math.min(FEWEST_ROWS, most), most);
  }
}
