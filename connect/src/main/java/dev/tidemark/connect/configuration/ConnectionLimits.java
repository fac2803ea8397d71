package dev.tidemark.connect.configuration;

/**
 * What the sessions of one process may read from a connection and write to it, all together.
 *
 * @param rowsPerSecond 0 for any number
 * @param bytesPerSecond 0 for any number
 */
public record ConnectionLimits(long rowsPerSecond, long bytesPerSecond) {

  public static final ConnectionLimits NONE = new ConnectionLimits(0, 0);

  /** Less would not let a chunk of a few rows pass in a reasonable time. */
  public static final long LEAST_BYTES = 10_000;

  /** More is no limit that could be kept: one in a nanosecond. */
  public static final long MOST = 1_000_000_000;

  public ConnectionLimits {
    if (rowsPerSecond < 0 || rowsPerSecond > MOST) {
      throw new IllegalArgumentException("rowsPerSecond must be from 0 to " + MOST);
    }
    if (bytesPerSecond < 0 || bytesPerSecond > MOST) {
      throw new IllegalArgumentException("bytesPerSecond must be from 0 to " + MOST);
    }
  }
}
