package dev.tidemark.api.key;

import dev.tidemark.api.problem.Problem;
import dev.tidemark.connect.configuration.Role;
import dev.tidemark.connect.failure.SyncException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ServletRequestPathUtils;
import tools.jackson.databind.json.JsonMapper;

/** Lets a request pass when its key's role suffices for the endpoint. */
final class KeyFilter extends OncePerRequestFilter {

  /** Where a key may stand instead. */
  static final String HEADER = "X-API-Key";

  private static final String BEARER = "bearer ";

  private final Callers callers;
  private final JsonMapper json;

  KeyFilter(Callers callers, JsonMapper json) {
    this.callers = callers;
    this.json = json;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    Optional<Problem> refusal = refusal(request);
    if (refusal.isPresent()) {
      refuse(response, refusal.get());
    } else {
      chain.doFilter(request, response);
    }
  }

  private Optional<Problem> refusal(HttpServletRequest request) {
    PathContainer path = ServletRequestPathUtils.parse(request).pathWithinApplication();
    Optional<Endpoint> endpoint = Endpoints.find(HttpMethod.valueOf(request.getMethod()), path);
    if (endpoint.isPresent() && endpoint.get().role() == null) {
      return Optional.empty();
    }
    String secret = secret(request);
    if (secret == null) {
      return Optional.of(unauthorized("This needs an API key."));
    }
    Optional<Caller> caller;
    try {
      caller = callers.find(secret);
    } catch (SyncException e) {
      return Optional.of(unknowable());
    }
    if (caller.isEmpty()) {
      return Optional.of(unauthorized("The API key is unknown or revoked."));
    }
    caller.get().attachTo(request);
    Role least = endpoint.map(Endpoint::role).orElse(Role.VIEWER);
    return caller.get().role().includes(least)
        ? Optional.empty()
        : Optional.of(forbidden(caller.get(), least));
  }

  private static @Nullable String secret(HttpServletRequest request) {
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      return authorization.substring(BEARER.length()).strip();
    }
    return request.getHeader(HEADER);
  }

  private void refuse(HttpServletResponse response, Problem problem) throws IOException {
    response.setStatus(problem.status());
    if (problem.status() == HttpStatus.UNAUTHORIZED.value()) {
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    response.setContentType(Problem.MEDIA_TYPE);
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    response.getOutputStream().write(json.writeValueAsBytes(problem));
  }

  private static Problem unauthorized(String detail) {
    return Problem.of(
        HttpStatus.UNAUTHORIZED,
        "UNAUTHORIZED",
        detail,
        "Send a key as Authorization: Bearer <key> or X-API-Key: <key>.",
        List.of());
  }

  private static Problem forbidden(Caller caller, Role least) {
    return Problem.of(
        HttpStatus.FORBIDDEN,
        "FORBIDDEN",
        "This needs the role %s; the key %s has the role %s."
            .formatted(lower(least), caller.name(), lower(caller.role())),
        "Ask an admin for a key with that role.",
        List.of());
  }

  private static Problem unknowable() {
    return Problem.of(
        HttpStatus.SERVICE_UNAVAILABLE,
        "CONTROL_DATABASE_UNAVAILABLE",
        "The key cannot be checked: the control database cannot be reached.",
        "Use a key of the configuration, or try again when the database is back.",
        List.of());
  }

  private static String lower(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
