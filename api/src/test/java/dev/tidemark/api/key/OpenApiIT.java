package dev.tidemark.api.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.ApiEnvironment;
import dev.tidemark.connect.configuration.Role;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import tools.jackson.databind.JsonNode;

/** What the OpenAPI document says of every endpoint that a controller maps. */
class OpenApiIT {

  private static ApiEnvironment environment;
  private static JsonNode document;

  @BeforeAll
  static void start() throws IOException {
    environment = new ApiEnvironment();
    document = environment.send("GET", "/openapi.json", null, null).body();
  }

  @AfterAll
  static void stop() throws IOException {
    environment.close();
  }

  private static List<String> endpoints() throws ClassNotFoundException {
    return EndpointsTest.mapped().stream().filter(each -> each.contains(" /api/")).toList();
  }

  private static JsonNode operation(String endpoint) {
    String[] words = endpoint.split(" ", 2);
    JsonNode operation =
        document.path("paths").path(words[1]).path(words[0].toLowerCase(Locale.ROOT));
    assertThat(operation.isObject()).as(endpoint + " is described").isTrue();
    return operation;
  }

  private static @Nullable Role role(String endpoint) {
    String[] words = endpoint.split(" ", 2);
    return Endpoints.find(HttpMethod.valueOf(words[0]), PathContainer.parsePath(words[1]))
        .orElseThrow()
        .role();
  }

  private static boolean takes(JsonNode operation, String place) {
    return operation
        .path("parameters")
        .valueStream()
        .anyMatch(parameter -> parameter.path("in").asString().equals(place));
  }

  /** By the rules of docs/api.md. */
  private static List<String> expected(String endpoint, JsonNode operation) {
    boolean writes = !endpoint.startsWith("GET ");
    List<String> statuses = new ArrayList<>(List.of("default"));
    if (!endpoint.endsWith("/health")) {
      statuses.add("503");
    }
    if (role(endpoint) != null) {
      statuses.addAll(List.of("401", "403"));
    }
    if (endpoint.contains("{")) {
      statuses.add("404");
    }
    if (operation.has("requestBody")) {
      statuses.addAll(List.of("400", "415", "422"));
    }
    if (takes(operation, "query")) {
      statuses.addAll(List.of("400", "422"));
    }
    if (writes && endpoint.contains("{")) {
      statuses.add("409");
    }
    return statuses;
  }

  @Test
  void everyOperationTellsHowItRefuses() throws ClassNotFoundException {
    assertThat(endpoints()).hasSizeGreaterThan(40);
    for (String endpoint : endpoints()) {
      JsonNode operation = operation(endpoint);
      JsonNode responses = operation.path("responses");
      assertThat(responses.propertyNames()).as(endpoint).containsAll(expected(endpoint, operation));
      assertThat(responses.has("503")).as(endpoint).isEqualTo(!endpoint.endsWith("/health"));
      for (String status : responses.propertyNames()) {
        if (status.startsWith("2")) {
          continue;
        }
        JsonNode response = responses.path(status);
        assertThat(response.path("content").propertyNames())
            .as(endpoint + " " + status)
            .containsExactly("application/problem+json");
        assertThat(response.at("/content/application~1problem+json/schema/$ref").asString())
            .isEqualTo("#/components/schemas/Problem");
        assertThat(response.path("description").asString()).isNotBlank();
      }
    }
  }

  @Test
  void everyOperationSucceedsInSomeWay() throws ClassNotFoundException {
    for (String endpoint : endpoints()) {
      assertThat(operation(endpoint).path("responses").propertyNames())
          .as(endpoint)
          .filteredOn(status -> status.startsWith("2"))
          .hasSize(endpoint.endsWith("/{name}/run") ? 2 : 1);
    }
    for (String starts : List.of("batches", "repairs", "plans", "verifications", "schedules")) {
      assertThat(operation("POST /api/v1/" + starts).path("responses").has("201")).isTrue();
    }
  }

  @Test
  void whatARuleDoesNotTellIsSaidOfItsOperation() {
    JsonNode run = operation("POST /api/v1/schedules/{name}/run").path("responses");
    for (String status : List.of("201", "202")) {
      assertThat(run.path(status).path("content").valueStream().toList().toString())
          .contains("#/components/schemas/");
    }
    assertThat(operation("GET /api/v1/batches/latest").path("responses").has("404")).isTrue();
    assertThat(operation("POST /api/v1/repairs").path("responses").has("404")).isFalse();
  }

  @Test
  void everyOperationButThePublicOnesTakesAKeyInEitherHeader() throws ClassNotFoundException {
    assertThat(document.at("/components/securitySchemes/bearer/scheme").asString())
        .isEqualTo("bearer");
    JsonNode header = document.at("/components/securitySchemes/header");
    assertThat(header.path("type").asString()).isEqualTo("apiKey");
    assertThat(header.path("in").asString()).isEqualTo("header");
    assertThat(header.path("name").asString()).isEqualTo("X-API-Key");
    for (String endpoint : endpoints()) {
      JsonNode security = operation(endpoint).path("security");
      Role role = role(endpoint);
      assertThat(security.isArray()).as(endpoint).isTrue();
      assertThat(security.valueStream().flatMap(each -> each.propertyNames().stream()))
          .as(endpoint)
          .isEqualTo(role == null ? List.of() : List.of("bearer", "header"));
      if (role != null) {
        assertThat(operation(endpoint).at("/responses/403/description").asString())
            .contains(role.name().toLowerCase(Locale.ROOT));
      }
    }
  }

  @Test
  void everyPostAndPatchTakesAnIdempotencyKeyButForKeys() throws ClassNotFoundException {
    for (String endpoint : endpoints()) {
      Stream<String> headers =
          operation(endpoint)
              .path("parameters")
              .valueStream()
              .filter(parameter -> parameter.path("in").asString().equals("header"))
              .map(parameter -> parameter.path("name").asString());
      boolean order = endpoint.startsWith("POST ") || endpoint.startsWith("PATCH ");
      assertThat(headers)
          .as(endpoint)
          .isEqualTo(
              order && !endpoint.equals("POST /api/v1/keys")
                  ? List.of("Idempotency-Key")
                  : List.of());
    }
  }

  @Test
  void aProblemHasTheFieldsThatAreSent() {
    JsonNode problem = document.at("/components/schemas/Problem/properties");
    assertThat(Set.copyOf(problem.propertyNames()))
        .containsExactlyInAnyOrder("type", "title", "status", "detail", "code", "remedy", "errors");
    assertThat(Set.copyOf(document.at("/components/schemas/Mistake/properties").propertyNames()))
        .containsExactlyInAnyOrder("path", "message");
  }
}
