package dev.tidemark.api.key;

import dev.tidemark.connect.configuration.Role;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Who may call an endpoint.
 *
 * @param role least role; null when no key is needed
 */
record Endpoint(HttpMethod method, PathPattern pattern, @Nullable Role role) {

  Endpoint {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(pattern, "pattern");
  }

  static Endpoint of(HttpMethod method, String pattern, @Nullable Role role) {
    return new Endpoint(method, PathPatternParser.defaultInstance.parse(pattern), role);
  }

  boolean matches(HttpMethod requested, PathContainer path) {
    // Spring answers HEAD where GET is mapped.
    HttpMethod effective = requested.equals(HttpMethod.HEAD) ? HttpMethod.GET : requested;
    return method.equals(effective) && pattern.matches(path);
  }
}
