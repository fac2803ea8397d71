package dev.tidemark.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.Answer;
import dev.tidemark.api.ApiEnvironment;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProblemsIT {

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
  void everyErrorIsAProblemDocument() {
    problem(environment.get("/api/v1/nothing"), 404, "NOT_FOUND");
    problem(environment.get("/none"), 404, "NOT_FOUND");
    assertThat(environment.get("/api/v1/batchez").text("/detail"))
        .isEqualTo("There is no path [/api/v1/batchez] here.");
    Answer method = environment.send("DELETE", "/api/v1/batches", ApiEnvironment.ADMIN, null);
    problem(method, 405, "METHOD_NOT_ALLOWED");
    assertThat(method.header("Allow")).contains("GET", "POST");
    problem(environment.post("/api/v1/batches", "{"), 400, "MALFORMED_JSON");
    problem(environment.post("/api/v1/batches", "{\"tabels\": []}"), 400, "MALFORMED_JSON");
    problem(environment.post("/api/v1/batches", "{\"tables\": 7}"), 400, "MALFORMED_JSON");
    problem(environment.post("/api/v1/table-syncs", null), 400, "MALFORMED_JSON");
    problem(environment.get("/api/v1/batches?limit=many"), 400, "BAD_REQUEST");
    problem(
        environment.send(
            "POST",
            "/api/v1/table-syncs",
            ApiEnvironment.OPERATOR,
            null,
            Map.of("Content-Type", "text/plain")),
        415,
        "UNSUPPORTED_MEDIA_TYPE");
    problem(
        environment.send(
            "GET", "/api/v1/batches", ApiEnvironment.VIEWER, null, Map.of("Accept", "image/png")),
        406,
        "NOT_ACCEPTABLE");
  }

  @Test
  void theAddressAloneLeadsToItsPage() {
    Answer start = environment.send("GET", "/", null, null);
    assertThat(start.status()).isEqualTo(302);
    assertThat(start.header("Location")).isEqualTo("/docs");
  }

  private static void problem(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.text("/code")).isEqualTo(code);
    assertThat(answer.number("/status")).isEqualTo(status);
    assertThat(answer.text("/title")).isNotEmpty();
    assertThat(answer.text("/detail")).isNotEmpty().doesNotContain("dev.tidemark", "Exception");
    assertThat(answer.text("/type")).startsWith("urn:tidemark:problem:");
  }
}
