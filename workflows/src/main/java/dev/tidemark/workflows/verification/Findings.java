package dev.tidemark.workflows.verification;

import java.util.List;

/**
 * What the comparison of a table has found. A row that differs because somebody decided so in its
 * dead letter is counted as decided alone.
 *
 * @param sourceRows rows of the source
 * @param targetRows rows of its slice of the target
 * @param missing keys that only the source has
 * @param extra keys that only the slice has
 * @param different keys whose rows differ
 * @param first the first keys that differ, as many as were asked for
 * @param inLetters of the missing and different ones, keys whose rows the target refuses: they are
 *     in open dead letters
 * @param decided keys whose rows differ because somebody edited or discarded their dead letters,
 *     and the source has not changed them since
 * @param keyless whether the table has no key, so that whole rows were compared: one that differs
 *     is a missing one and an extra one, and none is named
 */
public record Findings(
    long sourceRows,
    long targetRows,
    long missing,
    long extra,
    long different,
    List<DifferingKey> first,
    long inLetters,
    long decided,
    boolean keyless) {

  public static final Findings NONE = new Findings(0, 0, 0, 0, 0, List.of());

  public Findings {
    first = List.copyOf(first);
  }

  /** Of a table with a key, none of whose rows is in a letter. */
  public Findings(
      long sourceRows,
      long targetRows,
      long missing,
      long extra,
      long different,
      List<DifferingKey> first) {
    this(sourceRows, targetRows, missing, extra, different, first, 0, 0, false);
  }

  /** Keys that differ, in whatever way and by nobody's decision. */
  public long differing() {
    return missing + extra + different;
  }

  /** Whether something differs that a repair would mend. */
  public boolean mendable() {
    return !keyless && differing() > inLetters;
  }
}
