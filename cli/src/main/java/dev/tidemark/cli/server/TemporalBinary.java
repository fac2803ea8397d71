package dev.tidemark.cli.server;

import dev.tidemark.cli.StateFolder;
import io.temporal.testing.TemporalDevServer;
import io.temporal.testing.TemporalDevServerOptions;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Finds Temporal's command-line program, which bears its development server. */
final class TemporalBinary {

  private static final String MODULE = "github.com/temporalio/cli/cmd/temporal";
  private static final String VERSION = "v1.5.1";

  /**
   * Newer than the one of that release, whose answers, once a statement was cancelled at the wrong
   * moment, are "interrupted (9)" for as long as the server runs.
   */
  private static final String SQLITE = "v1.61.1";

  private final StateFolder home;
  private final Consumer<String> progress;

  TemporalBinary(StateFolder home, Consumer<String> progress) {
    this.home = home;
    this.progress = progress;
  }

  /**
   * The program: the state folder's, one on PATH, one that Go has built or builds now, one
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

  /** Built for all state folders of this user, once. */
  private Optional<Path> builtByGo() {
    return onPath("go")
        .flatMap(
            go -> {
              Path program =
                  caches().resolve("temporal-" + VERSION + "-sqlite-" + SQLITE).resolve("temporal");
              if (!isExecutableFile(program)) {
                build(go, program);
              }
              return executable(program);
            });
  }

  private static Path caches() {
    String named = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    Path all =
        named.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(named);
    return all.resolve("tidemark");
  }

  private void build(Path go, Path program) {
    progress.accept(
        "Building Temporal %s with Go, once; that takes about three minutes.".formatted(VERSION));
    Path log = home.log("temporal-build");
    try {
      Files.createDirectories(program.getParent());
      // On the file system of the program, for it to appear there at once and whole.
      Path module = Files.createTempDirectory(program.getParent(), "build");
      try {
        build(go, module, log);
        Files.move(module.resolve("temporal"), program, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        for (String left : List.of("go.mod", "go.sum", "temporal", "")) {
          Files.deleteIfExists(module.resolve(left));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the built Temporal", e);
    } catch (IllegalStateException e) {
      progress.accept("That failed; see " + log + ".");
    }
  }

  private static void build(Path go, Path module, Path log) {
    List<List<String>> steps =
        List.of(
            List.of("mod", "init", "temporal"),
            List.of("get", MODULE + "@" + VERSION, "modernc.org/sqlite@" + SQLITE),
            List.of("build", "-o", "temporal", MODULE));
    for (List<String> step : steps) {
      List<String> command = new ArrayList<>(List.of(go.toString(), "-C", module.toString()));
      command.addAll(step);
      Programs.run("go " + step.getFirst(), command, log);
    }
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
