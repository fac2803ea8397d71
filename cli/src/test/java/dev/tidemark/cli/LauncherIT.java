package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, in a project and on a machine of its own: the usual folders are moved there. */
class LauncherIT {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path LIBRARIES = Path.of("target/app/lib").toAbsolutePath();
  private static final Path JDK = Path.of(System.getProperty("java.home"));
  private static final List<String> NEEDED_PROGRAMS =
      List.of(
          "date",
          "dirname",
          "find",
          "head",
          "ln",
          "mkdir",
          "mv",
          "ps",
          "readlink",
          "rm",
          "rmdir",
          "sed",
          "sleep");

  @TempDir private Path machine;
  private Path project;
  private Path programs;

  private record Run(int exitCode, String out, String err) {}

  @BeforeEach
  void setUp() throws IOException {
    project = Files.createDirectories(machine.resolve("project"));
    programs = Files.createDirectories(machine.resolve("bin"));
    Files.createDirectories(machine.resolve("home"));
    Files.copy(ROOT.resolve("tidemark"), project.resolve("tidemark"));
    Files.createDirectories(project.resolve(".mvn"));
    String search = Files.readString(ROOT.resolve(".mvn/jdk.sh"));
    Files.writeString(
        project.resolve(".mvn/jdk.sh"),
        search.replaceAll("(?<= )/(usr|opt|Library)/", machine + "/$1/"));
    for (String program : NEEDED_PROGRAMS) {
      script(programs.resolve(program), "exec %s \"$@\"".formatted(onPath(program)));
    }
  }

  /** Whoever deletes the folder should not wonder whether to follow them. */
  @AfterEach
  void unlink() throws IOException {
    try (Stream<Path> files = Files.walk(machine)) {
      for (Path link : files.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }

  @Test
  void saysWhatToInstallWhereThereIsNoJdk() throws Exception {
    Run run = run(Map.of("JAVA_HOME", machine + "/nowhere"));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo(
            """
            tidemark: there is no JDK 25 or newer on this machine.
            Install one, for example from https://adoptium.net, or name its folder in TIDEMARK_JAVA_HOME.
            """);
  }

  @Test
  void passesOverAJdkThatIsTooOld() throws Exception {
    Path old = machine.resolve("usr/lib/jvm/jdk-17");
    script(old.resolve("bin/java"), "exit 3");
    script(old.resolve("bin/javac"), "exit 3");
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.13\"\n");

    Run run = run(Map.of("JAVA_HOME", old.toString()));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("there is no JDK 25 or newer");
  }

  @Test
  void findsAJdkByItsVariables() throws Exception {
    built();
    assertStarts(run(Map.of("JAVA_HOME", JDK.toString()), "version"));
    assertStarts(
        run(
            Map.of("TIDEMARK_JAVA_HOME", JDK.toString(), "JAVA_HOME", machine + "/nowhere"),
            "version"));
  }

  @Test
  void findsAJdkOnPathBehindLinks() throws Exception {
    built();
    Files.createSymbolicLink(machine.resolve("alternative"), JDK.resolve("bin/java"));
    Files.createSymbolicLink(programs.resolve("java"), Path.of("../alternative"));

    assertStarts(run(Map.of(), "version"));
  }

  @Test
  void findsAJdkInTheUsualFolders() throws Exception {
    built();
    Files.createDirectories(machine.resolve("usr/lib/jvm"));
    Files.createSymbolicLink(machine.resolve("usr/lib/jvm/newest"), JDK);

    assertStarts(run(Map.of(), "version"));
  }

  @Test
  void buildsOnceAndSaysSo() throws Exception {
    builds();
    Map<String, String> environment = Map.of("JAVA_HOME", JDK.toString());

    Run first = run(environment, "version");
    Run second = run(environment, "version");

    assertThat(first.err()).startsWith("tidemark: building");
    assertThat(first.out()).startsWith("Tidemark ");
    assertStarts(second);
    assertThat(Files.readAllLines(machine.resolve("builds")))
        .singleElement()
        .asString()
        .contains("package -pl cli -am");
  }

  @Test
  void twoCommandsAtOnceBuildOnce() throws Exception {
    assumeTrue(Files.isDirectory(LIBRARIES), "the application is put together by mvn package");
    Path go = machine.resolve("go");
    script(
        project.resolve("mvnw"),
        """
        echo built >> %1$s/builds
        until [ -e %1$s/go ]; do sleep 0.1; done
        mkdir -p cli/target/app; ln -s %2$s cli/target/app/lib"""
            .formatted(machine, LIBRARIES));
    Map<String, String> environment = Map.of("JAVA_HOME", JDK.toString());

    Process first = start("first", environment, "version");
    awaitContent(machine.resolve("builds"), "built");
    Process second = start("second", environment, "version");
    awaitContent(machine.resolve("second.err"), "waiting for process " + first.pid());
    Files.createFile(go);

    assertThat(end("first", first).out()).startsWith("Tidemark ");
    assertThat(end("second", second).out()).startsWith("Tidemark ");
    assertThat(Files.readAllLines(machine.resolve("builds"))).hasSize(1);
  }

  @Test
  void takesOverFromABuildThatDied() throws Exception {
    builds();
    Process dead = new ProcessBuilder("/bin/sh", "-c", "exit").start();
    assertThat(dead.waitFor()).isZero();
    Path lock = Files.createDirectories(project.resolve("cli/target/build.lock"));
    Files.writeString(lock.resolve("pid"), dead.pid() + "\n");

    assertThat(run(Map.of("JAVA_HOME", JDK.toString()), "version").out()).startsWith("Tidemark ");
    assertThat(lock).doesNotExist();
  }

  @Test
  void aBuildLeavesTheJarsThatAProcessUses() throws Exception {
    builds();
    for (int day = 1; day <= 4; day++) {
      Files.createDirectories(runs().resolve("2020010" + day + "T000000-1/lib"));
    }
    Path used = runs().resolve("20200101T000000-1");
    Process role =
        new ProcessBuilder("/bin/sh", "-c", "read line; exit 0", used + "/lib/*").start();
    try {
      assertThat(run(Map.of("JAVA_HOME", JDK.toString()), "version").exitCode()).isZero();
    } finally {
      role.getOutputStream().close();
    }

    assertThat(used.resolve("lib")).isDirectory();
    assertThat(runs().resolve("20200102T000000-1")).doesNotExist();
    assertThat(runs().resolve("20200103T000000-1")).isDirectory();
  }

  @Test
  void saysThatTheBuildFailed() throws Exception {
    script(project.resolve("mvnw"), "echo 'no space left on device'; exit 1");

    Run run = run(Map.of("JAVA_HOME", JDK.toString()), "version");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("no space left on device", "tidemark: the build failed");
  }

  private static void assertStarts(Run run) {
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).matches("Tidemark \\S+ on Java " + Runtime.version().feature() + ".*\n");
  }

  /** Lets a build put the application together at once. */
  private void builds() throws IOException {
    assumeTrue(Files.isDirectory(LIBRARIES), "the application is put together by mvn package");
    script(
        project.resolve("mvnw"),
        "echo \"$@\" >> %s/builds; mkdir -p cli/target/app; ln -s %s cli/target/app/lib"
            .formatted(machine, LIBRARIES));
  }

  /** What a build leaves behind. */
  private void built() throws IOException {
    assumeTrue(Files.isDirectory(LIBRARIES), "the application is put together by mvn package");
    Path run = Files.createDirectories(runs().resolve("20251108T143052-1"));
    Files.createSymbolicLink(run.resolve("lib"), LIBRARIES);
    Files.writeString(runs().resolve("current"), run.getFileName() + "\n");
  }

  private Path runs() {
    return project.resolve("cli/target/runs");
  }

  private static void awaitContent(Path file, String content) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(file).content().contains(content));
  }

  private static void script(Path file, String body) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path onPath(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(entry -> Path.of(entry, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  private Run run(Map<String, String> environment, String... arguments) throws Exception {
    return end("run", start("run", environment, arguments));
  }

  private Process start(String name, Map<String, String> environment, String... arguments)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", project.resolve("tidemark").toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().clear();
    builder.environment().put("PATH", programs.toString());
    builder.environment().put("HOME", machine.resolve("home").toString());
    builder.environment().putAll(environment);
    builder.directory(machine.toFile());
    builder.redirectOutput(machine.resolve(name + ".out").toFile());
    builder.redirectError(machine.resolve(name + ".err").toFile());
    return builder.start();
  }

  private Run end(String name, Process process) throws Exception {
    int exitCode = process.waitFor();
    return new Run(
        exitCode,
        Files.readString(machine.resolve(name + ".out")),
        Files.readString(machine.resolve(name + ".err")));
  }
}
