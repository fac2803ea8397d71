package dev.tidemark.activities.letter;

import dev.tidemark.workflows.letter.LetterResult;
import dev.tidemark.workflows.table.BusySlice;
import org.jspecify.annotations.Nullable;

/** What became of letters so far; written by who tries them, read by heartbeats. */
final class LetterCounts {

  private int resolved;
  private int discarded;
  private int refused;
  private @Nullable BusySlice busy;

  /**
   * @param before what an attempt before has done: the rows that it was refused are tried again
   */
  LetterCounts(LetterResult before) {
    this.resolved = before.resolved();
    this.discarded = before.discarded();
  }

  synchronized void count(Outcome outcome) {
    switch (outcome) {
      case RESOLVED -> resolved++;
      case GONE -> discarded++;
      case REFUSED -> refused++;
      case NOT_OPEN -> {}
    }
  }

  synchronized void busy(BusySlice slice) {
    busy = slice;
  }

  synchronized LetterResult result() {
    return new LetterResult(resolved, discarded, refused, busy);
  }
}
