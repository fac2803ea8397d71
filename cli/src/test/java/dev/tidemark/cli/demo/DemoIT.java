package dev.tidemark.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.cli.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {

  @TempDir private Path folder;

  @Test
  void goesOnFromTheCursorsAfterAKillAndEndsEqual() throws Exception {
    Path programs = Path.of("target/embedded-programs").toAbsolutePath();
    Files.createDirectories(programs);
    Path home = Files.createDirectory(folder.resolve("state"));
    Files.createSymbolicLink(home.resolve("bin"), programs);

    CommandRun run = CommandRun.of(Map.of(), "demo", "--rows", "150000", "--home", home.toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("Killed the worker", "went on from their cursors", "✓ Equal");
    // Before that, the lost worker may be shown as what it is.
    assertThat(run.out().substring(run.out().indexOf("Comparing both sides"))).doesNotContain("✗");
    assertThat(run.exitCode()).isZero();
    assertThat(home.resolve("api.json")).doesNotExist();
  }
}
