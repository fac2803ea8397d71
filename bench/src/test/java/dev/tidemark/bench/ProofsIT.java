package dev.tidemark.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The proofs of {@code bench/run}, shorter and with fewer rows, and always with the same draws:
 * what fails can be repeated. {@code -Dtidemark.seed=…} draws others.
 */
class ProofsIT {

  private static final long SEED = Long.getLong("tidemark.seed", 4);

  @TempDir private static Path folder;
  private static Path home;

  /** Servers are unpacked once a build, and make their data once for all tests. */
  @BeforeAll
  static void prepare() throws IOException {
    Path programs = Path.of("target/embedded-programs").toAbsolutePath();
    Files.createDirectories(programs);
    home = Files.createDirectory(folder.resolve("state"));
    Files.createSymbolicLink(home.resolve("bin"), programs);
  }

  @AfterAll
  static void leaveThePrograms() throws IOException {
    Files.delete(home.resolve("bin"));
  }

  @Test
  void everyModeEndsCompletedAndEqualWhenItsWorkerIsKilled() {
    assertSucceeds("kills", "--to=MARIADB", "--kills=1", "--workers-alone", "--rows=120000");
  }

  @Test
  void bothSidesAreEqualOnceASourceThatChangedWhileItWasCopiedIsQuiet() {
    assertSucceeds("changing", "--seconds=2", "--rate=400", "--rows=20000");
  }

  private static void assertSucceeds(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--home=" + home);
    all.add("--seed=" + SEED);
    assertThat(Bench.run(all.toArray(String[]::new))).as("exit code of %s", all).isZero();
  }
}
