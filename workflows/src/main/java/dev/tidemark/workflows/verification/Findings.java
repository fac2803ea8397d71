package dev.tidemark.workflows.verification;

import java.util.List;

/**
 * What the comparison of a table has found.
 *
 * @param sourceRows rows of the source
 * @param targetRows rows of its slice of the target
 * @param missing keys that only the source has
 * @param extra keys that only the slice has
 * @param different keys whose rows differ
 * @param first the first keys that differ, as many as were asked for
 */
public record Findings(
    long sourceRows,
    long targetRows,
    long missing,
    long extra,
    long different,
    List<DifferingKey> first) {

  public static final Findings NONE = new Findings(0, 0, 0, 0, 0, List.of());

  public Findings {
    first = List.copyOf(first);
  }

  /** Keys that differ, in whatever way. */
  public long differing() {
    return missing + extra + different;
  }
}
