package dev.tidemark.worker;

import dev.tidemark.connect.configuration.ApiConfiguration;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.ControlConfiguration;
import dev.tidemark.connect.configuration.TemporalConfiguration;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import dev.tidemark.connect.configuration.WorkerConfiguration;
import dev.tidemark.workflows.connection.TemporalClients;
import dev.tidemark.workflows.connection.TemporalEndpoint;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.testing.TemporalDevServer;
import io.temporal.testing.TemporalDevServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Temporal's own development server, where its binary is installed, and a connection to it. As an
 * extension it serves all tests of a class.
 */
final class DevelopmentServer implements BeforeAllCallback, AfterAllCallback, AutoCloseable {

  private @Nullable TemporalDevServer server;
  private @Nullable WorkflowServiceStubs stubs;

  /** Skips the test, and says why, where there is no binary. */
  static DevelopmentServer start(int port) {
    DevelopmentServer started = new DevelopmentServer();
    started.listen(port);
    return started;
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException("no free port", e);
    }
  }

  /** How a worker is told of a server at this address. */
  static TemporalConfiguration at(String address) {
    return new TemporalConfiguration(address, "default", false, null, null, null, null, null);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    listen(freePort());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  private void listen(int port) {
    Optional<Path> binary = binary();
    Assumptions.assumeTrue(
        binary.isPresent(), "skipped: no temporal binary on PATH or in Go's folder of binaries");
    TemporalDevServer listening =
        TemporalDevServer.start(
            TemporalDevServerOptions.newBuilder()
                .setExistingPath(binary.orElseThrow().toString())
                .setDownloadEnabled(false)
                .setUiEnabled(false)
                .setLogFile(Path.of("target", "temporal-" + port + ".log").toString())
                .setPort(port)
                .build());
    server = listening;
    stubs = TemporalClients.connect(TemporalEndpoint.plain(listening.getTarget(), "default"));
  }

  String target() {
    return Objects.requireNonNull(server).getTarget();
  }

  TemporalConfiguration configuration() {
    return at(target());
  }

  /** Of a process that works with this server, and says nothing but where the databases are. */
  TidemarkConfiguration configuration(
      ConnectionConfiguration control, ConnectionConfiguration... connections) {
    return new TidemarkConfiguration(
        Stream.of(connections)
            .collect(Collectors.toMap(ConnectionConfiguration::name, Function.identity())),
        Map.of(),
        new ControlConfiguration(control, ControlConfiguration.DEFAULT_RETENTION),
        configuration(),
        WorkerConfiguration.DEFAULT,
        new ApiConfiguration("127.0.0.1", 0, List.of()),
        List.of());
  }

  WorkflowServiceStubs stubs() {
    return Objects.requireNonNull(stubs);
  }

  WorkflowClient client() {
    return TemporalClients.client(stubs(), TemporalEndpoint.plain(target(), "default"));
  }

  @Override
  public void close() {
    if (stubs != null) {
      stubs.shutdownNow();
    }
    if (server != null) {
      server.close();
    }
  }

  private static Optional<Path> binary() {
    Stream<String> path = Stream.of(variable("PATH", "").split(java.io.File.pathSeparator, -1));
    String goPath = variable("GOPATH", System.getProperty("user.home") + "/go");
    return Stream.concat(path, Stream.of(goPath + "/bin"))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, "temporal"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static String variable(String name, String otherwise) {
    String value = System.getenv(name);
    return value == null ? otherwise : value;
  }
}
