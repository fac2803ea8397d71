package dev.tidemark.cli.server;

import dev.tidemark.cli.StateFolder;
import io.temporal.testing.TemporalDevServer;
import io.temporal.testing.TemporalDevServerOptions;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Finds Temporal's command-line program, which bears its development server. */
final class TemporalBinary {

  private static final String MODULE = "github.com/temporalio/cli/cmd/temporal";
  private static final String VERSION = "v1.5.1";

  private final StateFolder home;
  private final Consumer<String> progress;

  TemporalBinary(StateFolder home, Consumer<String> progress) {
    this.home = home;
    this.progress = progress;
  }

  /**
   * The program: the state folder's, one on PATH, one that Go has built, one built now, one
   * downloaded now.
   *
   * @throws IllegalStateException that says how to install it when there is no way
   */
  Path find() {
    Path cached = home.binaries().resolve("temporal");
    return executable(cached)
        .or(() -> onPath("temporal"))
        .or(this::builtByGo)
        .or(() -> download(cached))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    """
                    There is no Temporal server. Any one of these gives one:
                      - put the temporal program on PATH (https://docs.temporal.io/cli), or into %s;
                      - install Go: then Tidemark builds it;
                      - name a running server under temporal: address: in tidemark.yaml."""
                        .formatted(cached)));
  }

  private Optional<Path> builtByGo() {
    return onPath("go")
        .flatMap(
            go -> {
              Optional<Path> built = goFolder(go).map(folder -> folder.resolve("temporal"));
              if (built.filter(Files::isExecutable).isPresent()) {
                return built;
              }
              progress.accept(
                  "Building Temporal %s with Go, once; that takes about three minutes."
                      .formatted(VERSION));
              try {
                Programs.run(
                    "go install",
                    List.of(go.toString(), "install", MODULE + "@" + VERSION),
                    home.log("temporal-build"));
              } catch (IllegalStateException e) {
                progress.accept("That failed; see " + home.log("temporal-build") + ".");
              }
              return built.filter(Files::isExecutable);
            });
  }

  private Optional<Path> goFolder(Path go) {
    return goVariable(go, "GOBIN")
        .or(() -> goVariable(go, "GOPATH").map(folders -> firstOf(folders).resolve("bin")));
  }

  private static Path firstOf(Path folders) {
    return Path.of(folders.toString().split(File.pathSeparator, 2)[0]);
  }

  private Optional<Path> goVariable(Path go, String name) {
    Path output = home.log("go-env");
    Programs.run("go env", List.of(go.toString(), "env", name), output);
    return StateFolder.read(output).filter(value -> !value.isEmpty()).map(Path::of);
  }

  private Optional<Path> download(Path cached) {
    progress.accept("Downloading Temporal, once.");
    Path folder = home.binaries().resolve("temporal-download");
    try {
      Files.createDirectories(folder);
      TemporalDevServerOptions options =
          TemporalDevServerOptions.newBuilder()
              .setDownloadEnabled(true)
              .setDownloadDestination(folder.toString())
              .setLogFile(home.log("temporal-download").toString())
              .build();
      TemporalDevServer.start(options).close();
      try (Stream<Path> files = Files.walk(folder)) {
        Optional<Path> program =
            files.filter(Files::isRegularFile).filter(Files::isExecutable).findFirst();
        if (program.isPresent()) {
          Files.copy(program.get(), cached);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the downloaded Temporal", e);
    } catch (RuntimeException e) {
      progress.accept("That failed: " + e.getMessage());
    }
    return executable(cached);
  }

  private static Optional<Path> onPath(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder).resolve(name))
        .filter(TemporalBinary::isExecutableFile)
        .findFirst();
  }

  private static Optional<Path> executable(Path file) {
    return Optional.of(file).filter(TemporalBinary::isExecutableFile);
  }

  private static boolean isExecutableFile(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
