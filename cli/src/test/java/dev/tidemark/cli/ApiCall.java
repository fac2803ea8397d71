package dev.tidemark.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * One call of the API, as any client may make it.
 *
 * @param headers names and values in turn
 */
public record ApiCall(String method, String url, String body, List<String> headers) {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What the API answered; the body is missing when it was empty. */
  public record Answer(int status, String contentType, String location, JsonNode body) {

    /** A text of the body by its JSON pointer; empty when there is none. */
    public String text(String pointer) {
      return body.at(pointer).asText("");
    }
  }

  public ApiCall {
    headers = List.copyOf(headers);
  }

  public static ApiCall get(String url) {
    return new ApiCall("GET", url, "", List.of());
  }

  public static ApiCall post(String url, String body) {
    return new ApiCall("POST", url, body, List.of("Content-Type", "application/json"));
  }

  public static ApiCall delete(String url) {
    return new ApiCall("DELETE", url, "", List.of());
  }

  /** The call with one more header. */
  public ApiCall with(String name, String value) {
    List<String> more = new ArrayList<>(headers);
    more.addAll(List.of(name, value));
    return new ApiCall(method, url, body, more);
  }

  /** The call with a key. */
  public ApiCall as(String key) {
    return with("Authorization", "Bearer " + key);
  }

  public Answer send() throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!headers.isEmpty()) {
      request.headers(headers.toArray(String[]::new));
    }
    HttpResponse<String> response =
        HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    String contentType = response.headers().firstValue("Content-Type").orElse("");
    return new Answer(
        response.statusCode(),
        contentType,
        response.headers().firstValue("Location").orElse(""),
        JSON.readTree(contentType.contains("json") ? response.body() : "{}"));
  }
}
