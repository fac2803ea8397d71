package dev.tidemark.cli.demo;

import java.util.List;

/** Compares what the branches hold with what arrived. */
@FunctionalInterface
interface Comparison {

  /**
   * One table of one branch, on both sides.
   *
   * @param connection the branch
   * @param checksum of the source, as its database computes it
   * @param differences keys that differ, each with what is wrong; empty when equal
   */
  record Result(
      String connection,
      String table,
      long sourceRows,
      long targetRows,
      String checksum,
      boolean equal,
      List<String> differences) {

    public Result {
      differences = List.copyOf(differences);
    }
  }

  /** One result for each table of each branch. */
  List<Result> compare() throws Exception;
}
