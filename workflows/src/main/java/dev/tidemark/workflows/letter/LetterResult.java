package dev.tidemark.workflows.letter;

import dev.tidemark.workflows.table.BusySlice;
import org.jspecify.annotations.Nullable;

/**
 * What became of dead letters that were tried again.
 *
 * @param resolved rows that the target has now
 * @param discarded rows that the source has no more
 * @param refused rows that the target refused once more
 * @param busy a slice whose letters could not be tried, since another sync writes it
 */
public record LetterResult(int resolved, int discarded, int refused, @Nullable BusySlice busy) {

  public static final LetterResult NONE = new LetterResult(0, 0, 0, null);

  public LetterResult {
    if (resolved < 0 || discarded < 0 || refused < 0) {
      throw new IllegalArgumentException("counts cannot be negative");
    }
  }

  /**
   * Both together, where the other came later: what it says of refused rows it says of all that
   * were refused before as well.
   */
  public LetterResult plus(LetterResult later) {
    return new LetterResult(
        resolved + later.resolved, discarded + later.discarded, later.refused, later.busy);
  }
}
