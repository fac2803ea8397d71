package dev.tidemark.worker;

import io.temporal.testing.TemporalDevServer;
import io.temporal.testing.TemporalDevServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Temporal's own development server, where its binary is installed. */
final class DevelopmentServer {

  private DevelopmentServer() {}

  /** Skips the test, and says why, where there is no binary. */
  static TemporalDevServer start() {
    return start(freePort());
  }

  static TemporalDevServer start(int port) {
    Optional<Path> binary = binary();
    Assumptions.assumeTrue(
        binary.isPresent(), "skipped: no temporal binary on PATH or in Go's folder of binaries");
    return TemporalDevServer.start(
        TemporalDevServerOptions.newBuilder()
            .setExistingPath(binary.orElseThrow().toString())
            .setDownloadEnabled(false)
            .setUiEnabled(false)
            .setLogFile(Path.of("target", "temporal-" + port + ".log").toString())
            .setPort(port)
            .build());
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException("no free port", e);
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
