package dev.tidemark.api.key;

import static dev.tidemark.connect.configuration.Role.ADMIN;
import static dev.tidemark.connect.configuration.Role.OPERATOR;
import static dev.tidemark.connect.configuration.Role.VIEWER;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;

/** Every endpoint and who may call it, in one table. What is not here needs a key all the same. */
final class Endpoints {

  static final List<Endpoint> ALL =
      List.of(
          Endpoint.of(GET, "/api/v1/health", null),
          Endpoint.of(GET, "/", null),
          Endpoint.of(GET, "/docs", null),
          Endpoint.of(GET, "/swagger-ui/**", null),
          Endpoint.of(GET, "/openapi.json", null),
          Endpoint.of(GET, "/openapi.json/swagger-config", null),
          Endpoint.of(POST, "/api/v1/batches", OPERATOR),
          Endpoint.of(GET, "/api/v1/batches", VIEWER),
          Endpoint.of(GET, "/api/v1/batches/latest", VIEWER),
          Endpoint.of(GET, "/api/v1/batches/{id}", VIEWER),
          Endpoint.of(GET, "/api/v1/batches/{id}/tables", VIEWER),
          Endpoint.of(POST, "/api/v1/batches/{id}/pause", OPERATOR),
          Endpoint.of(POST, "/api/v1/batches/{id}/resume", OPERATOR),
          Endpoint.of(POST, "/api/v1/batches/{id}/interrupt", OPERATOR),
          Endpoint.of(POST, "/api/v1/batches/{id}/tables/{table}/skip", OPERATOR),
          Endpoint.of(POST, "/api/v1/batches/{id}/tables/{table}/retry", OPERATOR),
          Endpoint.of(POST, "/api/v1/batches/{id}/tables/{table}/pause", OPERATOR),
          Endpoint.of(POST, "/api/v1/batches/{id}/tables/{table}/resume", OPERATOR),
          Endpoint.of(GET, "/api/v1/schedules", VIEWER),
          Endpoint.of(POST, "/api/v1/schedules", OPERATOR),
          Endpoint.of(GET, "/api/v1/schedules/{name}", VIEWER),
          Endpoint.of(PUT, "/api/v1/schedules/{name}", OPERATOR),
          Endpoint.of(DELETE, "/api/v1/schedules/{name}", OPERATOR),
          Endpoint.of(POST, "/api/v1/schedules/{name}/pause", OPERATOR),
          Endpoint.of(POST, "/api/v1/schedules/{name}/resume", OPERATOR),
          Endpoint.of(POST, "/api/v1/schedules/{name}/run", OPERATOR),
          Endpoint.of(POST, "/api/v1/schedules/{name}/backfill", OPERATOR),
          Endpoint.of(POST, "/api/v1/notifications/test", OPERATOR),
          Endpoint.of(GET, "/api/v1/connections", VIEWER),
          Endpoint.of(POST, "/api/v1/table-syncs", OPERATOR),
          Endpoint.of(GET, "/api/v1/table-syncs/{connection}/{table}", VIEWER),
          Endpoint.of(POST, "/api/v1/table-syncs/{connection}/{table}/interrupt", OPERATOR),
          Endpoint.of(POST, "/api/v1/verifications", OPERATOR),
          Endpoint.of(GET, "/api/v1/verifications", VIEWER),
          Endpoint.of(GET, "/api/v1/verifications/{id}", VIEWER),
          Endpoint.of(POST, "/api/v1/verifications/{id}/interrupt", OPERATOR),
          Endpoint.of(POST, "/api/v1/repairs", OPERATOR),
          // Letters hold rows, which nothing else here shows.
          Endpoint.of(GET, "/api/v1/dead-letters", OPERATOR),
          Endpoint.of(POST, "/api/v1/dead-letters/retry", OPERATOR),
          Endpoint.of(GET, "/api/v1/dead-letters/{id}", OPERATOR),
          Endpoint.of(PATCH, "/api/v1/dead-letters/{id}", OPERATOR),
          Endpoint.of(POST, "/api/v1/dead-letters/{id}/discard", OPERATOR),
          Endpoint.of(POST, "/api/v1/dead-letters/{id}/retry", OPERATOR),
          Endpoint.of(GET, "/api/v1/dead-letters/retries/{table}", VIEWER),
          Endpoint.of(POST, "/api/v1/plans", OPERATOR),
          Endpoint.of(GET, "/api/v1/plans", VIEWER),
          Endpoint.of(GET, "/api/v1/plans/{id}", VIEWER),
          Endpoint.of(POST, "/api/v1/plans/{id}/interrupt", OPERATOR),
          Endpoint.of(GET, "/api/v1/keys", ADMIN),
          Endpoint.of(POST, "/api/v1/keys", ADMIN),
          Endpoint.of(DELETE, "/api/v1/keys/{id}", ADMIN));

  private Endpoints() {}

  static Optional<Endpoint> find(HttpMethod method, PathContainer path) {
    return ALL.stream().filter(endpoint -> endpoint.matches(method, path)).findFirst();
  }
}
