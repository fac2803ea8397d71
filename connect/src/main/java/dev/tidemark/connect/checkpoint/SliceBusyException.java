package dev.tidemark.connect.checkpoint;

import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.SyncException;
import java.util.Objects;

/** SLICE_BUSY: somebody else writes the slice. */
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

  public SliceKey slice() {
    return slice;
  }

  /** In words, such as the id of the workflow that writes. */
  public String holder() {
    return holder;
  }
}
