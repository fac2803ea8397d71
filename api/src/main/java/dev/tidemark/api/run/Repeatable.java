package dev.tidemark.api.run;

import dev.tidemark.api.key.Caller;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What makes two requests the same.
 *
 * @param sort of what is asked for: the same key of another sort is another key
 * @param key what the caller calls the request; null when it is not to be told again
 * @param request all that is asked for
 */
public record Repeatable(Caller caller, String sort, @Nullable String key, Object request) {

  public Repeatable {
    Objects.requireNonNull(caller, "caller");
    Objects.requireNonNull(sort, "sort");
    Objects.requireNonNull(request, "request");
  }
}
