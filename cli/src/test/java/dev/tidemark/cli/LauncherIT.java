package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
      List.of("dirname", "find", "head", "ln", "mkdir", "readlink", "rm", "sed", "touch");

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
    assumeTrue(Files.isDirectory(LIBRARIES), "the application is put together by mvn package");
    script(
        project.resolve("mvnw"),
        "echo \"$@\" >> %s/builds; mkdir -p cli/target/app; ln -s %s cli/target/app/lib"
            .formatted(machine, LIBRARIES));
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

  /** What a build leaves behind. */
  private void built() throws IOException {
    assumeTrue(Files.isDirectory(LIBRARIES), "the application is put together by mvn package");
    Path app = Files.createDirectories(project.resolve("cli/target/app"));
    Files.createSymbolicLink(app.resolve("lib"), LIBRARIES);
    Files.createFile(app.resolve("built"));
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
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", project.resolve("tidemark").toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().clear();
    builder.environment().put("PATH", programs.toString());
    builder.environment().put("HOME", machine.resolve("home").toString());
    builder.environment().putAll(environment);
    builder.directory(machine.toFile());
    Path out = machine.resolve("out");
    Path err = machine.resolve("err");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    int exitCode = process.waitFor();
    return new Run(exitCode, Files.readString(out), Files.readString(err));
  }
}
