package dev.tidemark.activities.batch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Posts JSON and says in words, without the address's secrets, why that failed. */
final class HttpPost implements AutoCloseable {

  private final HttpClient client;
  private final Duration timeout;

  HttpPost(Duration timeout) {
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            // A redirect could carry the document to where nobody configured it to go.
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * Posts the body.
   *
   * @param what the kind of receiver, for messages
   * @throws DeliveryException unless the answer is a success; retryable when a later one may be
   */
  void post(String what, URI url, Map<String, String> headers, String body)
      throws DeliveryException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(timeout)
            .header("Content-Type", "application/json; charset=utf-8")
            .header("User-Agent", "tidemark")
            .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    headers.forEach(request::header);
    String receiver = what + " at " + url.getHost();
    try {
      int status =
          client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status < 200 || status > 299) {
        throw new DeliveryException(receiver + " answered " + status, mayPass(status));
      }
    } catch (IOException e) {
      // The kind of error alone: messages of I/O may repeat what was sent.
      throw new DeliveryException(
          receiver + " was not reached (" + e.getClass().getSimpleName() + ")", true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeliveryException(receiver + " was not told: the worker stops", true);
    }
  }

  private static boolean mayPass(int status) {
    return status >= 500 || status == 408 || status == 425 || status == 429;
  }

  @Override
  public void close() {
    client.close();
  }
}
