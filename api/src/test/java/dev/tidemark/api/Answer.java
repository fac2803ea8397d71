package dev.tidemark.api;

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

  /** A number of the body by its JSON pointer. */
  public double number(String pointer) {
    return body.at(pointer).asDouble(Double.NaN);
  }
}
