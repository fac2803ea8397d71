package dev.tidemark.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An API that answers what a test tells it to, and writes down what it was asked. */
public final class FakeApi implements AutoCloseable {

  /** One request. */
  public record Request(String line, String body, Map<String, List<String>> headers) {}

  private record Answer(int status, String body) {}

  private final HttpServer server;
  private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  public FakeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Does not answer a request: the connection ends without a word. */
  public FakeApi dropping(String requestLine) {
    return on(requestLine, 0, "");
  }

  /** Answers a request; the last of several answers to one request is repeated. */
  public FakeApi on(String requestLine, int status, String body) {
    answers
        .computeIfAbsent(requestLine, ignored -> new ArrayDeque<>())
        .add(new Answer(status, body));
    return this;
  }

  public List<Request> requests() {
    return requests;
  }

  public List<String> requestLines() {
    return requests.stream().map(Request::line).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add(new Request(line, body, Map.copyOf(exchange.getRequestHeaders())));
    Answer answer = next(line);
    if (answer.status() == 0) {
      exchange.close();
      return;
    }
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange
        .getResponseHeaders()
        .set(
            "Content-Type",
            answer.status() < 400 ? "application/json" : "application/problem+json");
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private synchronized Answer next(String line) {
    Deque<Answer> queue = answers.get(line);
    if (queue == null) {
      return new Answer(404, "{\"detail\":\"unexpected: " + line + "\"}");
    }
    return queue.size() > 1 ? queue.remove() : queue.getFirst();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
