package dev.tidemark.workflows.connection;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where Temporal is and how to be let in.
 *
 * @param address {@code host:port} of the frontend
 * @param namespace namespace of all workflows
 * @param tls whether to speak TLS; a certificate or an API key implies it
 * @param certificate client certificate for mTLS, PEM
 * @param certificateKey its private key, PEM, PKCS#8
 * @param serverCa certificate authority of the server, PEM; the system's when null
 * @param apiKey API key of Temporal Cloud; never printed
 */
public record TemporalEndpoint(
    String address,
    String namespace,
    boolean tls,
    @Nullable Path certificate,
    @Nullable Path certificateKey,
    @Nullable Path serverCa,
    @Nullable String apiKey) {

  public TemporalEndpoint {
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(namespace, "namespace");
    if ((certificate == null) != (certificateKey == null)) {
      throw new IllegalArgumentException("a certificate needs its key, and a key its certificate");
    }
  }

  /** Without TLS and credentials, as the development server is reached. */
  public static TemporalEndpoint plain(String address, String namespace) {
    return new TemporalEndpoint(address, namespace, false, null, null, null, null);
  }

  boolean secured() {
    return tls || certificate != null || serverCa != null || apiKey != null;
  }

  /** Without the API key. */
  @Override
  public String toString() {
    return "TemporalEndpoint[" + address + ", " + namespace + "]";
  }
}
