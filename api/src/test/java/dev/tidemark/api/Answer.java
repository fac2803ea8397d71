package dev.tidemark.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the API answered.
 *
 * @param body missing when it was empty
 */
public record Answer(HttpResponse<String> response, JsonNode body) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  static Answer of(HttpResponse<String> response) {
    return new Answer(response, JSON.readTree(response.body().isEmpty() ? "{}" : response.body()));
  }

  public int status() {
    return response.statusCode();
  }

  public String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /** A text of the body by its JSON pointer; empty when there is none. */
  public String text(String pointer) {
    return body.at(pointer).asString("");
  }

  /** Fails where this is no page, or something is on it. */
  public void assertListsNone(String pointer) {
    assertThat(status()).as(response.body()).isEqualTo(200);
    assertThat(body.at(pointer).isArray()).isTrue();
    assertThat(body.at(pointer)).as(response.uri().toString()).isEmpty();
  }

  /** A number of the body by its JSON pointer. */
  public double number(String pointer) {
    return body.at(pointer).asDouble(Double.NaN);
  }
}
