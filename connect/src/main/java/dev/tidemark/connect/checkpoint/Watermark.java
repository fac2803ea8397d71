package dev.tidemark.connect.checkpoint;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Up to which change a slice is in step.
 *
 * @param reached everything changed up to there has been copied; null when nobody knows
 * @param of what that belongs to: which column of which rows
 * @param next what will be reached when the pass is finished
 * @param nextOf what that belongs to
 */
record Watermark(
    @Nullable String reached, @Nullable String of, @Nullable String next, @Nullable String nextOf) {

  /** What has been reached of that, if it is known. */
  Optional<String> reached(String wanted) {
    return wanted.equals(of) ? Optional.ofNullable(reached) : Optional.empty();
  }
}
