package dev.tidemark.cli.role;

import dev.tidemark.cli.StateFolder;
import dev.tidemark.cli.process.ChildProcess;
import dev.tidemark.cli.process.StopSignal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How to start a role in a Java process of its own.
 *
 * @param role the command: api or worker
 * @param configuration the file that it reads
 * @param options further options of the command
 * @param environment variables beside those of this process
 * @param home where its log goes
 */
public record RoleProcess(
    String role,
    Path configuration,
    List<String> options,
    Map<String, String> environment,
    StateFolder home) {

  private static final List<String> JAVA_OPTIONS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+ExitOnOutOfMemoryError",
          "-Xmx512m");

  public RoleProcess {
    options = List.copyOf(options);
    environment = Map.copyOf(environment);
  }

  /** Starts it with the Java and the class path of this process. */
  public ChildProcess start() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JAVA_OPTIONS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("dev.tidemark.cli.Tidemark", role));
    command.addAll(List.of("--config", configuration.toString()));
    command.addAll(options);
    return ChildProcess.start(role, command, environment, StopSignal.TERM, home.log(role));
  }

  /** Without the environment, which bears secrets. */
  @Override
  public String toString() {
    return "RoleProcess[" + role + ", " + configuration + "]";
  }
}
