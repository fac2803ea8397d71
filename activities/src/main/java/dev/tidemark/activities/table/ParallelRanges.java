package dev.tidemark.activities.table;

import dev.tidemark.workflows.table.TableSpec;

/** How many sessions copy one table at once. */
public final class ParallelRanges {

  /** More are for those who know their databases. */
  private static final int MOST = 4;

  private ParallelRanges() {}

  /**
   * At most so many, where their connections have room. Unless somebody says how many, they are no
   * more than this machine has processors: with all of them busy, another session only costs.
   */
  public static int most(TableSpec spec) {
    return spec.parallelRanges() > 0
        ? spec.parallelRanges()
        : Math.min(MOST, Runtime.getRuntime().availableProcessors());
  }
}
