package dev.tidemark.api;

import dev.tidemark.connect.configuration.ApiConfiguration;
import dev.tidemark.connect.configuration.ApiKeyConfiguration;
import dev.tidemark.connect.configuration.BatchConfiguration;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.ControlConfiguration;
import dev.tidemark.connect.configuration.CopyConfiguration;
import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.configuration.NotificationConfiguration;
import dev.tidemark.connect.configuration.NotificationRule;
import dev.tidemark.connect.configuration.RetryConfiguration;
import dev.tidemark.connect.configuration.Role;
import dev.tidemark.connect.configuration.SourceConfiguration;
import dev.tidemark.connect.configuration.TableConfiguration;
import dev.tidemark.connect.configuration.TemporalConfiguration;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import dev.tidemark.connect.configuration.WorkerConfiguration;
import dev.tidemark.connect.control.ControlDatabase;
import io.temporal.client.WorkflowClient;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The API on a free port, with an embedded control database, Temporal in memory, and fakes. */
public final class ApiEnvironment implements AutoCloseable {

  public static final String VIEWER = "tm_viewer";
  public static final String OPERATOR = "tm_operator";
  public static final String ADMIN = "tm_admin";

  private static final List<String> TABLES =
      List.of(
          "ad_org",
          "c_invoice",
          "c_invoiceline",
          "m_product",
          "missing",
          "other",
          "order_line",
          "\"OrderLine\"",
          "\"order.line\"",
          "\"order details\"");

  private final EmbeddedPostgres postgres;
  private final TestTemporal temporal;
  private final ControlDatabase control;
  private final TidemarkConfiguration configuration;
  private final HttpClient http = HttpClient.newHttpClient();
  private ApiServer server;

  public ApiEnvironment() throws IOException {
    this(TestTemporal.start());
  }

  private ApiEnvironment(TestTemporal temporal) throws IOException {
    this.temporal = temporal;
    postgres = EmbeddedPostgres.start();
    createTables();
    configuration = configuration(postgres.getPort(), temporal.address());
    control = ControlDatabase.open(configuration.control());
    server = ApiServer.start(configuration);
  }

  /** With Temporal's development server, which has schedules. */
  public static ApiEnvironment withSchedules() throws IOException {
    return new ApiEnvironment(TestTemporal.startDevelopmentServer());
  }

  /** What the catalogs of all connections have. */
  private void createTables() throws IOException {
    try (Connection session = postgres.getPostgresDatabase().getConnection();
        Statement statement = session.createStatement()) {
      for (String table : TABLES) {
        statement.execute("CREATE TABLE " + table + " (id integer PRIMARY KEY)");
      }
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  private static TidemarkConfiguration configuration(int controlPort, String temporal) {
    ConnectionConfiguration control = postgresql("control", controlPort);
    Map<String, ConnectionConfiguration> connections =
        Map.of(
            "pgsql_lmp", postgresql("pgsql_lmp", controlPort),
            "pgsql_sby", postgresql("pgsql_sby", controlPort),
            "dashboard", postgresql("dashboard", controlPort),
            "pgsql_offline", postgresql("pgsql_offline", 1));
    return new TidemarkConfiguration(
        connections,
        Map.of("branches", branches()),
        new ControlConfiguration(control, ControlConfiguration.DEFAULT_RETENTION),
        new TemporalConfiguration(
            temporal, "default", false, null, null, null, null, URI.create("http://ui.test/")),
        new WorkerConfiguration(TestTemporal.TASK_QUEUE, "test-bulk", 4),
        new ApiConfiguration(
            "127.0.0.1",
            0,
            List.of(
                new ApiKeyConfiguration("viewer", Role.VIEWER, VIEWER),
                new ApiKeyConfiguration("operator", Role.OPERATOR, OPERATOR),
                new ApiKeyConfiguration("admin", Role.ADMIN, ADMIN))),
        List.of(
            new NotificationConfiguration.Slack(
                URI.create("http://a.test/"), NotificationRule.of(NotificationRule.DEFAULT_ON)),
            new NotificationConfiguration.Slack(
                URI.create("http://b.test/"), NotificationRule.of(NotificationRule.DEFAULT_ON))));
  }

  private static ConnectionConfiguration postgresql(String name, int port) {
    return new ConnectionConfiguration(
        name,
        DatabaseType.POSTGRESQL,
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
        "postgres",
        "postgres",
        "public",
        4,
        false);
  }

  /** Two branches into one dashboard, every table. */
  public static BatchConfiguration branches() {
    return new BatchConfiguration(
        "branches",
        List.of(
            new SourceConfiguration("pgsql_lmp", Map.of("branch", "lmp")),
            new SourceConfiguration("pgsql_sby", Map.of("branch", "sby"))),
        "dashboard",
        List.of("*"),
        List.of("tmp_*"),
        Map.of(
            "MProduct",
            new TableConfiguration(
                "products",
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                null,
                Map.of(),
                Map.of(),
                CopyConfiguration.DEFAULT.withChunkRows(500)),
            "OrderLine",
            new TableConfiguration(
                "lines",
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                null,
                Map.of(),
                Map.of(),
                CopyConfiguration.DEFAULT),
            "CInvoiceLine",
            new TableConfiguration(
                "invoice_lines",
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                null,
                Map.of(),
                Map.of(),
                CopyConfiguration.DEFAULT)),
        CopyConfiguration.DEFAULT,
        4,
        2,
        RetryConfiguration.DEFAULT,
        false,
        true);
  }

  /** Sends a request and reads the answer. */
  public Answer send(String method, String path, @Nullable String key, @Nullable String body) {
    return send(method, path, key, body, Map.of());
  }

  /** Sends a request with more headers. */
  public Answer send(
      String method,
      String path,
      @Nullable String key,
      @Nullable String body,
      Map<String, String> headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve(path));
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    request.method(
        method,
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body));
    try {
      return Answer.of(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new IllegalStateException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A page as a browser gets it, without a key. */
  public String page(String path) {
    try {
      return http.send(
              HttpRequest.newBuilder(server.uri().resolve(path)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new IllegalStateException(path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** As a viewer. */
  public Answer get(String path) {
    return send("GET", path, VIEWER, null);
  }

  /** As an operator. */
  public Answer post(String path, @Nullable String body) {
    return send("POST", path, OPERATOR, body);
  }

  /** As an operator, with an idempotency key. */
  public Answer once(String key, String method, String path, @Nullable String body) {
    return send(method, path, OPERATOR, body, Map.of("Idempotency-Key", key));
  }

  /** Starts a batch of these tables and answers its id. */
  public String startBatch(String tables) {
    Answer started = post("/api/v1/batches", "{\"tables\": [" + tables + "]}");
    if (started.status() != 201) {
      throw new IllegalStateException(started.response().body());
    }
    return started.text("/id");
  }

  public TidemarkConfiguration configuration() {
    return configuration;
  }

  public ControlDatabase control() {
    return control;
  }

  public WorkflowClient temporal() {
    return temporal.client();
  }

  public URI uri() {
    return server.uri();
  }

  public void stopWorker() {
    temporal.stopWorker();
  }

  public void restartWorker() {
    temporal.restartWorker();
  }

  public void stopTemporal() {
    temporal.stopServer();
  }

  public void stopControlDatabase() throws IOException {
    postgres.close();
  }

  /** Another process of the same configuration takes over. */
  public void restartApi() {
    server.close();
    server = ApiServer.start(configuration);
  }

  @Override
  public void close() throws IOException {
    server.close();
    control.close();
    temporal.close();
    postgres.close();
  }
}
