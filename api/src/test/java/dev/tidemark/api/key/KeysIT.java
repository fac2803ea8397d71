package dev.tidemark.api.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.Answer;
import dev.tidemark.api.ApiEnvironment;
import dev.tidemark.connect.configuration.Role;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KeysIT {

  private static final Map<Role, String> KEYS =
      Map.of(
          Role.VIEWER, ApiEnvironment.VIEWER,
          Role.OPERATOR, ApiEnvironment.OPERATOR,
          Role.ADMIN, ApiEnvironment.ADMIN);

  private static ApiEnvironment environment;

  @BeforeAll
  static void start() throws IOException {
    environment = new ApiEnvironment();
  }

  @AfterAll
  static void stop() throws IOException {
    environment.close();
  }

  @Test
  void everyEndpointAsksForItsRole() {
    for (Endpoint endpoint : Endpoints.ALL) {
      String path = endpoint.pattern().getPatternString().replaceAll("\\{\\w+}", "unknown");
      String method = endpoint.method().name();
      Role least = endpoint.role();
      if (least == null) {
        continue;
      }
      Answer without = environment.send(method, path, null, null);
      assertThat(without.status()).as(method + " " + path).isEqualTo(401);
      assertThat(without.header("WWW-Authenticate")).isEqualTo("Bearer");
      assertThat(without.header("Content-Type")).startsWith("application/problem+json");
      assertThat(environment.send(method, path, "tm_wrong", null).status()).isEqualTo(401);
      for (Role role : Role.values()) {
        int status = environment.send(method, path, KEYS.get(role), null).status();
        if (role.includes(least)) {
          assertThat(status).as(role + " " + method + " " + path).isNotIn(401, 403);
        } else {
          assertThat(status).as(role + " " + method + " " + path).isEqualTo(403);
        }
      }
    }
  }

  @Test
  void healthAndDocumentationNeedNoKey() {
    assertThat(environment.send("GET", "/api/v1/health", null, null).text("/status"))
        .isEqualTo("up");
    Answer document = environment.send("GET", "/openapi.json", null, null);
    assertThat(document.status()).isEqualTo(200);
    assertThat(document.body().at("/paths").propertyNames()).contains("/api/v1/batches/{id}/pause");
    assertThat(document.body().at("/components/schemas").propertyNames())
        .contains("BatchListing", "ConnectionListing", "KeyListing");
    assertThat(environment.send("GET", "/openapi.json/swagger-config", null, null).status())
        .isEqualTo(200);
    assertThat(environment.send("GET", "/docs", null, null).status()).isIn(200, 302);
    assertThat(environment.page("/swagger-ui/index.html")).contains("swagger-ui");
  }

  @Test
  void whatIsNoEndpointNeedsAKeyToo() {
    assertThat(environment.send("GET", "/api/v1/nothing", null, null).status()).isEqualTo(401);
    assertThat(environment.send("GET", "/error", null, null).status()).isEqualTo(401);
    assertThat(environment.send("GET", "/api/v1/batches;x=1/../keys", null, null).status())
        .isIn(400, 401);
  }

  @Test
  void anAdminCreatesListsAndRevokesKeys() {
    Answer created =
        environment.send(
            "POST",
            "/api/v1/keys",
            ApiEnvironment.ADMIN,
            "{\"name\": \"ci\", \"role\": \"operator\"}");
    assertThat(created.status()).isEqualTo(201);
    String secret = created.text("/key");
    assertThat(secret).startsWith("tm_");
    Map<String, String> header = Map.of("X-API-Key", secret);
    assertThat(environment.send("GET", "/api/v1/connections", null, null, header).status())
        .isEqualTo(200);
    assertThat(environment.send("GET", "/api/v1/keys", secret, null).status()).isEqualTo(403);

    Answer list = environment.send("GET", "/api/v1/keys", ApiEnvironment.ADMIN, null);
    assertThat(list.text("/keys/0/name")).isEqualTo("ci");
    assertThat(list.text("/keys/0/createdBy")).isEqualTo("admin");
    assertThat(list.text("/keys/0/lastUsedAt")).isNotEmpty();
    assertThat(list.response().body()).doesNotContain(secret);

    String path = "/api/v1/keys/" + created.text("/id");
    assertThat(environment.send("DELETE", path, ApiEnvironment.ADMIN, null).status())
        .isEqualTo(204);
    assertThat(environment.send("GET", "/api/v1/connections", secret, null).status())
        .isEqualTo(401);
    assertThat(environment.send("DELETE", path, ApiEnvironment.ADMIN, null).status())
        .isEqualTo(404);
  }

  @Test
  void aKeyNeedsANameAndARole() {
    Answer wrong =
        environment.send(
            "POST", "/api/v1/keys", ApiEnvironment.ADMIN, "{\"name\": \" \", \"role\": \"god\"}");
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.text("/errors/0/path")).isEqualTo("name");
    assertThat(wrong.text("/errors/1/message")).contains("viewer, operator or admin");
  }
}
