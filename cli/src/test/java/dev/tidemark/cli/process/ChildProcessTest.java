package dev.tidemark.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

  @TempDir private Path folder;

  @Test
  void bearsTheIdOfTheProgramItself() throws Exception {
    ChildProcess child = start("sh", "-c", "echo $$; exec sleep 600");
    await().until(() -> Files.exists(child.log()) && Files.size(child.log()) > 0);
    assertThat(Files.readString(child.log()).strip()).isEqualTo(Long.toString(child.pid()));
    child.kill();
    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void stopsByItsSignalAndKillsWhatDoesNotListen() {
    ChildProcess polite = start("sleep", "600");
    polite.stop(Duration.ofSeconds(10));
    assertThat(polite.onExit()).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(143);

    ChildProcess deaf = start("sh", "-c", "trap '' TERM; echo deaf; while :; do sleep 1; done");
    await().until(() -> Files.exists(deaf.log()) && Files.readString(deaf.log()).contains("deaf"));
    deaf.stop(Duration.ofMillis(200));
    assertThat(deaf.onExit()).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(137);
  }

  @Test
  void endsWhenItsParentIsKilled() throws Exception {
    Process parent = parent();
    long child = childOf(parent);

    parent.destroyForcibly().waitFor();

    await().atMost(Duration.ofSeconds(10)).until(() -> !isAlive(child));
  }

  @Test
  void endsWhenTheWholeProcessGroupOfItsParentIsKilled() throws Exception {
    Process parent = parent("setsid");
    long child = childOf(parent);

    Process kill =
        new ProcessBuilder("kill", "-KILL", "--", "-" + parent.pid()).inheritIO().start();
    assertThat(kill.waitFor()).isZero();
    parent.waitFor();

    await().atMost(Duration.ofSeconds(10)).until(() -> !isAlive(child));
  }

  /** A parent of one child, started by way of these words. */
  private Process parent(String... by) throws IOException {
    List<String> command = new ArrayList<>(List.of(by));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Parent.class.getName(),
            folder.resolve("pid").toString()));
    return new ProcessBuilder(command).start();
  }

  private long childOf(Process parent) throws IOException {
    Path report = folder.resolve("pid");
    await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(report) || !parent.isAlive());
    long child = Long.parseLong(Files.readString(report));
    assertThat(isAlive(child)).isTrue();
    return child;
  }

  @Test
  void saysWhyAProcessDidNotComeUp() {
    ChildProcess child = start("sh", "-c", "echo the disk is full; exit 3");
    assertThatThrownBy(() -> Readiness.await(child, Duration.ofSeconds(10), () -> false))
        .hasMessageContaining("the disk is full");
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  private ChildProcess start(String... command) {
    return ChildProcess.start(
        command[0],
        List.of(command),
        Map.of(),
        StopSignal.TERM,
        folder.resolve(command[0] + command.length + ".log"));
  }

  /** Starts a child, writes down its id, and waits to be killed. */
  static final class Parent {

    public static void main(String[] arguments) throws Exception {
      Path report = Path.of(arguments[0]);
      ChildProcess child =
          ChildProcess.start(
              "child",
              List.of("sleep", "600"),
              Map.of(),
              StopSignal.TERM,
              report.resolveSibling("child.log"));
      Files.writeString(report.resolveSibling("draft"), Long.toString(child.pid()));
      Files.move(report.resolveSibling("draft"), report);
      child.onExit().join();
    }
  }
}
