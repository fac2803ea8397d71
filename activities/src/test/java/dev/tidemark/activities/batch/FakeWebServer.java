package dev.tidemark.activities.batch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Takes what is posted, and answers as told. */
final class FakeWebServer implements AutoCloseable {

  private final HttpServer server;
  private final List<Posted> posted = new CopyOnWriteArrayList<>();
  private volatile int status = 200;

  /**
   * @param body what was posted
   * @param signature its signature header
   * @param key its idempotency key
   */
  record Posted(String path, String body, @Nullable String signature, @Nullable String key) {}

  FakeWebServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    posted.add(
        new Posted(
            exchange.getRequestURI().getPath(),
            body,
            exchange.getRequestHeaders().getFirst("X-Tidemark-Signature"),
            exchange.getRequestHeaders().getFirst("Idempotency-Key")));
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  void answer(int newStatus) {
    status = newStatus;
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  List<Posted> posted() {
    return posted;
  }

  Posted only() {
    if (posted.size() != 1) {
      throw new AssertionError("posted " + posted.size() + " times");
    }
    return Objects.requireNonNull(posted.getFirst());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
