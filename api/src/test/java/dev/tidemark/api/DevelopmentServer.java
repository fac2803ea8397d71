package dev.tidemark.api;

import io.temporal.testing.TemporalDevServer;
import io.temporal.testing.TemporalDevServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Temporal's own development server, which has what the one in memory lacks: schedules. */
final class DevelopmentServer {

  private DevelopmentServer() {}

  /** Skips the test, and says why, where its binary is not installed. */
  static TemporalDevServer start() {
    Optional<Path> binary = binary();
    Assumptions.assumeTrue(
        binary.isPresent(), "skipped: no temporal binary on PATH or in Go's folder of binaries");
    return TemporalDevServer.start(
        TemporalDevServerOptions.newBuilder()
            .setExistingPath(binary.orElseThrow().toString())
            .setDownloadEnabled(false)
            .setUiEnabled(false)
            .build());
  }

  private static Optional<Path> binary() {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    String goPath =
        Objects.requireNonNullElse(
            System.getenv("GOPATH"), System.getProperty("user.home") + "/go");
    return Stream.concat(
            Stream.of(path.split(java.io.File.pathSeparator, -1)), Stream.of(goPath + "/bin"))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, "temporal"))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
