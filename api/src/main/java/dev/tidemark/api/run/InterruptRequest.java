package dev.tidemark.api.run;

import dev.tidemark.api.key.Caller;
import dev.tidemark.api.problem.FreeText;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Body of a request to interrupt something that runs.
 *
 * @param reason for people; kept with the run. At most 1,000 characters
 */
@Schema(example = "{\"reason\": \"lunch\"}")
public record InterruptRequest(@Nullable String reason) {

  /** What is kept with the run. */
  public static String reason(@Nullable InterruptRequest body, Caller caller) {
    String reason = body == null ? null : FreeText.checked("reason", body.reason());
    return Objects.requireNonNullElse(reason, "interrupted") + " (by " + caller.name() + ")";
  }
}
