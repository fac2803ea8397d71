package dev.tidemark.connect.configuration;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to reach Temporal.
 *
 * @param address {@code host:port} of the frontend
 * @param namespace namespace of all workflows
 * @param tls whether to speak TLS; always true with a certificate or an API key
 * @param certificate client certificate for mTLS, PEM
 * @param certificateKey its private key, PEM, PKCS#8
 * @param serverCa certificate authority of the server, PEM; the system's when null
 * @param apiKey API key of Temporal Cloud; never printed
 * @param ui address of the Temporal Web UI, for links; null when there is none
 */
public record TemporalConfiguration(
    String address,
    String namespace,
    boolean tls,
    @Nullable Path certificate,
    @Nullable Path certificateKey,
    @Nullable Path serverCa,
    @Nullable String apiKey,
    @Nullable URI ui) {

  public static final String DEFAULT_ADDRESS = "127.0.0.1:7233";
  public static final String DEFAULT_NAMESPACE = "default";

  public static final TemporalConfiguration DEFAULT =
      new TemporalConfiguration(
          DEFAULT_ADDRESS, DEFAULT_NAMESPACE, false, null, null, null, null, null);

  public TemporalConfiguration {
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(namespace, "namespace");
  }

  /** Without the API key. */
  @Override
  public String toString() {
    return "TemporalConfiguration[" + address + ", " + namespace + "]";
  }
}
