package dev.tidemark.connect.checkpoint;

import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.SyncException;
import java.util.Objects;

/** SLICE_BUSY: somebody else writes the slice, or one that shares rows with it. */
public final class SliceBusyException extends SyncException {

  private final SliceKey slice;
  private final String holder;

  SliceBusyException(SliceKey slice, String holder) {
    super(
        ErrorCode.SLICE_BUSY,
        slice + " is held by " + holder,
        Failures.remedy(ErrorCode.SLICE_BUSY));
    this.slice = Objects.requireNonNull(slice, "slice");
    this.holder = Objects.requireNonNull(holder, "holder");
  }

  /** What was claimed, which need not be what is held. */
  public SliceKey slice() {
    return slice;
  }

  /**
   * In words, such as the id of the workflow that writes; with the slice that it writes where that
   * is another one.
   */
  public String holder() {
    return holder;
  }
}
