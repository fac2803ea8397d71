package dev.tidemark.api.run;

import dev.tidemark.api.key.Caller;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Body of a request to interrupt something that runs.
 *
 * @param reason for people; kept with the run
 */
@Schema(example = "{\"reason\": \"lunch\"}")
public record InterruptRequest(@Nullable String reason) {

  /** What is kept with the run. */
  public static String reason(@Nullable InterruptRequest body, Caller caller) {
    String reason = body == null || body.reason() == null ? "interrupted" : body.reason();
    return reason + " (by " + caller.name() + ")";
  }
}
