package dev.tidemark.activities.table;

import java.util.ArrayDeque;
import java.util.Deque;

/** Rows a second over the last few seconds. */
final class Speedometer {

  private static final long WINDOW_NANOS = 5_000_000_000L;

  private record Sample(long nanos, long rows) {}

  private final Deque<Sample> samples = new ArrayDeque<>();

  /** Notes that so many rows have passed in all. */
  synchronized void note(long nanos, long rows) {
    samples.addLast(new Sample(nanos, rows));
    while (samples.size() > 2 && nanos - samples.getFirst().nanos() > WINDOW_NANOS) {
      samples.removeFirst();
    }
  }

  synchronized double rowsPerSecond(long nanos) {
    if (samples.size() < 2) {
      return 0;
    }
    Sample first = samples.getFirst();
    long rows = samples.getLast().rows() - first.rows();
    return rows * 1e9 / Math.max(1, nanos - first.nanos());
  }
}
