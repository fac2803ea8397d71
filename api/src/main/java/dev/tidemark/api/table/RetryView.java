package dev.tidemark.api.table;

import dev.tidemark.api.run.RetriedStep;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run waits for: something that has failed and is tried again.
 *
 * @param attempt the one to come, or under way, from 1
 * @param nextRetryAt when it comes; null while it is under way
 * @param error why the one before failed
 */
@Schema(name = "Retry")
public record RetryView(int attempt, @Nullable Instant nextRetryAt, ErrorView error) {

  /**
   * All of them; a failure that several steps share is told once, of the one that is tried next.
   */
  public static List<RetryView> of(List<RetriedStep> steps) {
    Map<ErrorView, RetryView> told = new LinkedHashMap<>();
    for (RetriedStep step : steps) {
      ErrorView error = ErrorView.of(step.lastFailure());
      RetryView retry = new RetryView(step.attempt(), step.nextRetryAt(), error);
      told.merge(error, retry, (one, other) -> other.isBefore(one) ? other : one);
    }
    return List.copyOf(told.values());
  }

  /** Of one that is under way nobody knows when the next comes. */
  private boolean isBefore(RetryView other) {
    return nextRetryAt != null
        && (other.nextRetryAt == null || nextRetryAt.isBefore(other.nextRetryAt));
  }
}
