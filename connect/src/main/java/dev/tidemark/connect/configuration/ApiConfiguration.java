package dev.tidemark.connect.configuration;

import java.util.List;
import java.util.Objects;

/**
 * Where the API listens, and who may call it.
 *
 * @param host address to listen on; loopback unless configured
 * @param port port to listen on; 0 takes a free one
 * @param keys keys that hold beside those in the control database, such as the first admin's
 */
public record ApiConfiguration(String host, int port, List<ApiKeyConfiguration> keys) {

  public static final String DEFAULT_HOST = "127.0.0.1";
  public static final int DEFAULT_PORT = 8080;

  public static final ApiConfiguration DEFAULT =
      new ApiConfiguration(DEFAULT_HOST, DEFAULT_PORT, List.of());

  public ApiConfiguration {
    Objects.requireNonNull(host, "host");
    keys = List.copyOf(keys);
  }
}
