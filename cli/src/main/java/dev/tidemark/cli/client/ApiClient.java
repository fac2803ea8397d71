package dev.tidemark.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Calls Tidemark's REST API. Answers come as JSON, so that they can be shown as they are. */
public final class ApiClient implements AutoCloseable {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new JavaTimeModule())
          .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final ApiAddress address;

  public ApiClient(ApiAddress address) {
    this.address = address;
  }

  /** Starts a batch. A repetition of the same call after a lost answer starts no second one. */
  public JsonNode startBatch(StartBatch request) {
    return post("/api/v1/batches", request);
  }

  /** Starts a repair, which is a batch from then on; at most once, as a batch. */
  public JsonNode startRepair(StartRepair request) {
    return post("/api/v1/repairs", request);
  }

  public JsonNode batch(String id) {
    return get("/api/v1/batches/" + segment(id));
  }

  public JsonNode latestBatch() {
    return get("/api/v1/batches/latest");
  }

  /**
   * A page of batches, newest first.
   *
   * @param cursor where the page before ended; null for the first
   */
  public JsonNode batches(int limit, @Nullable String cursor, Map<String, String> filters) {
    String query = filters.isEmpty() ? "" : "&" + query(filters);
    return get(
        "/api/v1/batches?limit="
            + limit
            + query
            + (cursor == null ? "" : "&cursor=" + encode(cursor)));
  }

  /**
   * The same.
   *
   * @param filters name, status, limit, cursor
   */
  public JsonNode batches(Map<String, String> filters) {
    return get("/api/v1/batches?" + query(filters));
  }

  private static String query(Map<String, String> filters) {
    return filters.entrySet().stream()
        .map(filter -> filter.getKey() + "=" + encode(filter.getValue()))
        .collect(Collectors.joining("&"));
  }

  /**
   * Steers a batch.
   *
   * @param order pause, resume or interrupt
   * @param reason for people, where it is interrupted; null for none
   */
  public JsonNode steerBatch(String id, String order, @Nullable String reason) {
    return post("/api/v1/batches/" + segment(id) + "/" + order, reason(reason));
  }

  /**
   * Steers one table of a batch.
   *
   * @param order skip, retry, pause or resume
   */
  public JsonNode steerTable(String id, String table, String order) {
    return post(
        "/api/v1/batches/" + segment(id) + "/tables/" + segment(table) + "/" + order, Map.of());
  }

  public JsonNode startTable(String connection, String table, Map<String, String> options) {
    Map<String, String> body = new TreeMap<>(options);
    body.put("connection", connection);
    body.put("table", table);
    return post("/api/v1/table-syncs", body);
  }

  public JsonNode table(String connection, String table) {
    return get("/api/v1/table-syncs/" + segment(connection) + "/" + segment(table));
  }

  /** Asks a table that is synced on its own to stop after its chunk. */
  public JsonNode interruptTable(String connection, String table, @Nullable String reason) {
    return post(
        "/api/v1/table-syncs/" + segment(connection) + "/" + segment(table) + "/interrupt",
        reason(reason));
  }

  public JsonNode schedules() {
    return get("/api/v1/schedules");
  }

  public JsonNode schedule(String name) {
    return get("/api/v1/schedules/" + segment(name));
  }

  public JsonNode createSchedule(Map<String, Object> body) {
    return post("/api/v1/schedules", body);
  }

  /**
   * Steers a schedule.
   *
   * @param order pause, resume, run or backfill
   */
  public JsonNode steerSchedule(String name, String order, Map<String, String> body) {
    return post("/api/v1/schedules/" + segment(name) + "/" + order, body);
  }

  public JsonNode deleteSchedule(String name) {
    return send(request("/api/v1/schedules/" + segment(name)).DELETE());
  }

  /**
   * Sends test messages.
   *
   * @param rule place of the rule in the configuration, from 0; all when null
   */
  public JsonNode testNotifications(@Nullable Integer rule) {
    return post("/api/v1/notifications/test", rule == null ? Map.of() : Map.of("rule", rule));
  }

  /** Starts a verification. */
  public JsonNode startVerification(StartVerification request) {
    return post("/api/v1/verifications", request);
  }

  public JsonNode verification(String id) {
    return get("/api/v1/verifications/" + segment(id));
  }

  /**
   * A page of verifications, those that run first, then the last to end.
   *
   * @param filters batch, status, limit, cursor
   */
  public JsonNode verifications(Map<String, String> filters) {
    return get("/api/v1/verifications?" + query(filters));
  }

  /** Asks a verification to stop. */
  public JsonNode interruptVerification(String id, @Nullable String reason) {
    return post("/api/v1/verifications/" + segment(id) + "/interrupt", reason(reason));
  }

  private static Map<String, String> reason(@Nullable String reason) {
    return reason == null ? Map.of() : Map.of("reason", reason);
  }

  /**
   * A page of dead letters, newest first.
   *
   * @param filters connection, table, state, limit, cursor
   */
  public JsonNode letters(Map<String, String> filters) {
    return get("/api/v1/dead-letters?" + query(filters));
  }

  public JsonNode letter(String id, @Nullable String connection) {
    return get("/api/v1/dead-letters/" + segment(id) + of(connection));
  }

  /**
   * Says what is to be written instead.
   *
   * @param values column to its new value, null for NULL
   */
  public JsonNode editLetter(
      String id, @Nullable String connection, Map<String, ? extends @Nullable String> values) {
    return once(
        request("/api/v1/dead-letters/" + segment(id) + of(connection))
            .method("PATCH", json(Map.of("values", values))));
  }

  public JsonNode discardLetter(String id, @Nullable String connection) {
    return post("/api/v1/dead-letters/" + segment(id) + "/discard" + of(connection), Map.of());
  }

  public JsonNode retryLetter(String id, @Nullable String connection) {
    return post("/api/v1/dead-letters/" + segment(id) + "/retry" + of(connection), Map.of());
  }

  /** Tries all open letters of a table again. */
  public JsonNode retryLetters(String table, @Nullable String connection) {
    Map<String, String> body = new TreeMap<>(Map.of("table", table));
    if (connection != null) {
      body.put("connection", connection);
    }
    return post("/api/v1/dead-letters/retry", body);
  }

  public JsonNode letterRetry(String table, @Nullable String connection) {
    return get("/api/v1/dead-letters/retries/" + segment(table) + of(connection));
  }

  private static String of(@Nullable String connection) {
    return connection == null ? "" : "?connection=" + encode(connection);
  }

  /** Starts a plan. */
  public JsonNode startPlan(StartPlan request) {
    return post("/api/v1/plans", request);
  }

  public JsonNode plan(String id) {
    return get("/api/v1/plans/" + segment(id));
  }

  /**
   * A page of plans, those that run first, then the last to end.
   *
   * @param filters batch, status, limit, cursor
   */
  public JsonNode plans(Map<String, String> filters) {
    return get("/api/v1/plans?" + query(filters));
  }

  /** Asks a plan to stop. */
  public JsonNode interruptPlan(String id, @Nullable String reason) {
    return post("/api/v1/plans/" + segment(id) + "/interrupt", reason(reason));
  }

  public JsonNode connections() {
    return get("/api/v1/connections");
  }

  public JsonNode keys() {
    return get("/api/v1/keys");
  }

  public JsonNode createKey(String name, String role) {
    // The key is shown once: a repetition makes another.
    return send(request("/api/v1/keys").POST(json(Map.of("name", name, "role", role))));
  }

  public void revokeKey(String id) {
    send(request("/api/v1/keys/" + segment(id)).DELETE());
  }

  /** Whether the API answers at all. */
  public boolean up() {
    try {
      get("/api/v1/health");
      return true;
    } catch (ApiException e) {
      return false;
    }
  }

  /** Binds an answer to a record. */
  public static <T> T read(JsonNode json, Class<T> type) {
    try {
      return JSON.treeToValue(json, type);
    } catch (JsonProcessingException e) {
      throw new ApiException(
          0, "The API's answer is not what this command knows: " + e.getOriginalMessage(), e);
    }
  }

  /** Binds an array of an answer to records. */
  public static <T> List<T> readAll(JsonNode array, Class<T> type) {
    return array.valueStream().map(element -> read(element, type)).toList();
  }

  private JsonNode get(String path) {
    return send(request(path).GET());
  }

  private JsonNode post(String path, Object body) {
    return once(request(path).POST(json(body)));
  }

  /**
   * Once, also where the answer is lost and the request repeated. Where the API cannot look a key
   * up, it refuses before anything has begun, and takes the same request without one.
   */
  private JsonNode once(HttpRequest.Builder request) {
    HttpRequest.Builder keyed =
        request.copy().header("Idempotency-Key", UUID.randomUUID().toString());
    try {
      return send(keyed);
    } catch (ApiException e) {
      if (e.code().equals("CONTROL_DATABASE_UNAVAILABLE")) {
        return send(request);
      }
      if (e.status() == 0 && up()) {
        return send(keyed);
      }
      throw e;
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address.url() + path))
            .timeout(Duration.ofSeconds(30))
            .header("Accept", "application/json, application/problem+json");
    if (address.key() != null) {
      request.header("Authorization", "Bearer " + address.key());
    }
    return request;
  }

  private static HttpRequest.BodyPublisher json(Object body) {
    try {
      return HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private JsonNode send(HttpRequest.Builder builder) {
    HttpRequest request = builder.setHeader("Content-Type", "application/json").build();
    HttpResponse<String> response;
    try {
      response = http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new ApiException(0, address.unreachable(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiException(0, "interrupted while calling " + address.url(), e);
    }
    JsonNode body = parse(response.body());
    if (response.statusCode() >= 400) {
      throw new ApiException(
          response.statusCode(),
          body.path("code").asText(),
          problem(response.statusCode(), body),
          null);
    }
    return body;
  }

  private static JsonNode parse(String body) {
    try {
      return JSON.readTree(body.isBlank() ? "{}" : body);
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode();
    }
  }

  /** The text of a problem document (RFC 9457). */
  private String problem(int status, JsonNode body) {
    StringBuilder text =
        new StringBuilder(
            body.path("detail")
                .asText(body.path("title").asText("The API answered " + status + ".")));
    for (JsonNode error : body.path("errors")) {
      String message = error.isTextual() ? error.asText() : error.path("message").asText();
      if (text.indexOf(message) < 0) {
        text.append("\n  - ").append(message);
      }
    }
    String remedy = remedy(status, body);
    if (remedy != null) {
      text.append('\n').append(remedy);
    } else if (status == 401) {
      text.append('\n').append(address.unauthorized());
    }
    return text.toString();
  }

  /** What to do, in words of the command where the API's own would name what is in its paths. */
  private static @Nullable String remedy(int status, JsonNode body) {
    String code = body.path("code").asText();
    if (code.equals("BATCH_NOT_NAMED")) {
      return "Name one of them with --batch NAME.";
    }
    boolean namesPaths = status == 404 && !code.equals("SCHEDULE_OF_ANOTHER");
    return body.hasNonNull("remedy") && !namesPaths ? body.get("remedy").asText() : null;
  }

  private static String segment(String text) {
    return encode(text).replace("+", "%20");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
