package dev.tidemark.api.key;

import dev.tidemark.connect.configuration.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;

/**
 * Who sent a request.
 *
 * @param id tells callers apart: id of the key, or its place in the configuration
 * @param name name of the key
 * @param role what it may do
 */
public record Caller(String id, String name, Role role) {

  private static final String ATTRIBUTE = Caller.class.getName();

  public Caller {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(role, "role");
  }

  /** The caller of a request that passed the {@link KeyFilter}. */
  public static Caller of(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof Caller caller) {
      return caller;
    }
    throw new IllegalStateException("the endpoint is public and has no caller");
  }

  void attachTo(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }
}
