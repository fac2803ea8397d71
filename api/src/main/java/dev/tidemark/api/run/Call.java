package dev.tidemark.api.run;

import dev.tidemark.api.key.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request that starts or changes something, beside its body. An endpoint that takes one takes an
 * idempotency key.
 *
 * @param line its method, path and query
 * @param key its {@code Idempotency-Key}; null when it has none
 */
public record Call(Caller caller, String line, @Nullable String key) {

  /** Header of the key. */
  public static final String KEY = "Idempotency-Key";

  public Call {
    Objects.requireNonNull(caller, "caller");
    Objects.requireNonNull(line, "line");
  }

  static Call of(HttpServletRequest request) {
    String query = request.getQueryString();
    return new Call(
        Caller.of(request),
        request.getMethod() + " " + request.getRequestURI() + (query == null ? "" : "?" + query),
        request.getHeader(KEY));
  }

  /**
   * It, where bodies of one sort go to one path.
   *
   * @param sort of what is asked for
   */
  public Repeatable of(String sort, Object body) {
    return new Repeatable(caller, sort, key, body);
  }

  /** It, where the path says what is asked for too. */
  public Repeatable order(@Nullable Object body) {
    return of("orders", List.of(line, body == null ? "" : body));
  }
}
