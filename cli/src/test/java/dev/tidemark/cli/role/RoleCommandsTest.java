package dev.tidemark.cli.role;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.cli.Announcement;
import dev.tidemark.cli.CommandRun;
import dev.tidemark.cli.StateFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoleCommandsTest {

  @TempDir private Path folder;

  @Test
  void upWithoutAConfigurationSaysWhatToWrite() {
    CommandRun run =
        CommandRun.of(Map.of(), "up", "--config", folder.resolve("none.yaml").toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("none.yaml", "connections:", "batches:", "./tidemark demo");
  }

  @Test
  void checkNamesEveryMistake() throws Exception {
    Path file = folder.resolve("tidemark.yaml");
    Files.writeString(
        file,
        """
        connections:
          shop: {type: oracle, host: 127.0.0.1, database: shop}
        batches:
          nightly: {sources: [shopp], target: dashboard}
        """);

    CommandRun run = CommandRun.of(Map.of(), "config", "check", "--config", file.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("oracle", "shopp", "dashboard");
  }

  @Test
  void aGoodConfigurationIsCountedAndConnectedTo() throws Exception {
    Path file = folder.resolve("tidemark.yaml");
    Files.writeString(
        file,
        """
        connections:
          shop: {type: postgresql, host: 127.0.0.1, port: 1, database: shop, username: a}
          dashboard: {type: mariadb, url: "jdbc:mariadb://127.0.0.1:1/d", username: a}
        batches:
          nightly: {sources: [shop], target: dashboard}
        """);

    assertThat(CommandRun.of(Map.of(), "config", "check", "-c", file.toString()).out())
        .contains("2 connections, 1 batch");
    CommandRun run = CommandRun.of(Map.of(), "config", "check", "-c", file.toString(), "--connect");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("down", "✗ shop:", "→ Check that the database runs");
  }

  @Test
  void aStateFolderServesOneProcess() {
    StateFolder home = new StateFolder(folder.resolve("state"));
    StateLock lock = StateLock.take(home);
    assertThat(home.secret("a")).isEqualTo(home.secret("a")).hasSize(48);
    lock.close();
    StateLock.take(home).close();
  }

  @Test
  void saysThatTheConfigurationChangedSinceARunningTidemarkLoadedIt() throws Exception {
    StateFolder home = new StateFolder(folder.resolve("state"));
    Path file = folder.resolve("tidemark.yaml");
    Files.writeString(file, "connections: {}");
    Announcement announced =
        new Announcement("http://127.0.0.1:1", 7, file, Announcement.fingerprint(file));
    announced.leave(home);
    assertThat(Announcement.of(home)).contains(announced);
    assertThat(announced.outdated()).isEmpty();
    CommandRun same = CommandRun.of(Map.of(), "sync-status", "--home", home.path().toString());
    assertThat(same.err()).doesNotContain("was changed");

    Files.writeString(file, "connections: {shop: {}}");

    assertThat(announced.outdated()).get().asString().contains("tidemark.yaml was changed since");
    CommandRun changed = CommandRun.of(Map.of(), "sync-status", "--home", home.path().toString());
    assertThat(changed.err()).contains("was changed since", "Ctrl+C", "./tidemark up");
    assertThat(changed.out()).isEmpty();
  }

  @Test
  void upSaysThatTheRunningTidemarkHasAnotherConfiguration() throws Exception {
    StateFolder home = new StateFolder(folder.resolve("state"));
    Path file = folder.resolve("tidemark.yaml");
    Files.writeString(
        file,
        """
        connections:
          shop: {type: postgresql, host: 127.0.0.1, port: 1, database: shop, username: a}
        """);
    new Announcement("http://127.0.0.1:1", 7, file, "another").leave(home);
    // The lock is another process's, as it would be.
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LockHolder.class.getName(),
                home.path().toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(holder.inputReader().readLine()).isEqualTo("holds");
      CommandRun up =
          CommandRun.of(
              Map.of(), "up", "--config", file.toString(), "--home", home.path().toString());
      assertThat(up.exitCode()).isEqualTo(1);
      assertThat(up.err()).contains("runs already from", "was changed since", "Ctrl+C");
    } finally {
      holder.destroyForcibly().waitFor();
    }
  }

  /** Holds a state folder until it is killed. */
  static final class LockHolder {

    private LockHolder() {}

    public static void main(String[] arguments) throws InterruptedException {
      StateLock lock = StateLock.take(new StateFolder(Path.of(arguments[0])));
      System.out.println("holds");
      new CountDownLatch(1).await();
      lock.close();
    }
  }

  @Test
  void rolesDoNotPrintTheirSecrets() {
    RoleProcess role =
        new RoleProcess(
            "worker",
            Path.of("tidemark.yaml"),
            List.of(),
            Map.of("P", "secret"),
            new StateFolder(folder));
    assertThat(role.toString()).doesNotContain("secret");
  }
}
