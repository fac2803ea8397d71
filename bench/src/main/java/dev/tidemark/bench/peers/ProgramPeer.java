package dev.tidemark.bench.peers;

import dev.tidemark.bench.server.Database;
import dev.tidemark.connect.configuration.DatabaseType;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A program beside Tidemark, by a script of a few lines that is told both sides in its environment.
 *
 * @param name what reports call it, and the program that must be there
 * @param script resource that is run, with {@code --version} to tell the version
 * @param interpreter program that runs it
 * @param createsTheTable whether it does so itself
 * @param intoPostgresOnly whether MySQL or MariaDB must be the source, and PostgreSQL the target
 * @param tools folder with programs that are looked for before the PATH
 * @param work folder of its own
 */
record ProgramPeer(
    String name,
    String script,
    String interpreter,
    boolean createsTheTable,
    boolean intoPostgresOnly,
    Path tools,
    Path work)
    implements Peer {

  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final int LINES = 6;

  static List<Peer> all(Path tools, Path work) {
    return List.of(
        new ProgramPeer("duckdb", "duckdb_copy.py", "python", false, false, tools, work),
        new ProgramPeer("sling", "sling_copy.sh", "sh", true, false, tools, work),
        new ProgramPeer("dlt", "dlt_copy.py", "python", true, false, tools, work),
        new ProgramPeer("pgloader", "pgloader_copy.sh", "sh", false, true, tools, work));
  }

  @Override
  public String version() throws IOException, InterruptedException {
    return run(Map.of(), "--version").strip();
  }

  @Override
  public Optional<String> absence(DatabaseType from, DatabaseType to) {
    boolean right = from != DatabaseType.POSTGRESQL && to == DatabaseType.POSTGRESQL;
    if (intoPostgresOnly && !right) {
      return Optional.of("only loads from MySQL and MariaDB into PostgreSQL");
    }
    try {
      return version().isEmpty() ? Optional.of("tells no version") : Optional.empty();
    } catch (IOException | IllegalStateException e) {
      return Optional.of(
          "is not there: " + String.valueOf(e.getMessage()).lines().reduce((a, b) -> b).orElse(""));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("was interrupted");
    }
  }

  @Override
  public void copy(Database source, Database target, long rows)
      throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>(side("FROM", source));
    environment.putAll(side("TO", target));
    String ignored = run(environment);
  }

  private static Map<String, String> side(String name, Database database) {
    URI address = URI.create(database.url().substring("jdbc:".length()));
    return Map.of(
        name + "_TYPE", database.type().name().toLowerCase(Locale.ROOT),
        name + "_HOST", Objects.requireNonNull(address.getHost(), database.url()),
        name + "_PORT", Integer.toString(address.getPort()),
        name + "_USER", database.username(),
        name + "_PASSWORD", database.password(),
        name + "_DATABASE", database.database());
  }

  /** What it printed; its output is kept in the folder too. */
  private String run(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Files.createDirectories(work);
    Path file = work.resolve(script);
    try (InputStream resource = ProgramPeer.class.getResourceAsStream(script)) {
      Files.copy(
          Objects.requireNonNull(resource, script), file, StandardCopyOption.REPLACE_EXISTING);
    }
    List<String> command = new ArrayList<>(List.of(program(), file.toString()));
    command.addAll(List.of(arguments));
    Path output = work.resolve(name + ".log");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(work.toFile());
    builder.environment().putAll(environment);
    builder.environment().merge("PATH", tools.resolve("bin") + ":", (path, bin) -> bin + path);
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new IllegalStateException(
          name + " had not ended after " + PATIENCE.toMinutes() + " min");
    }
    String said = withoutSecrets(Files.readString(output, StandardCharsets.UTF_8), environment);
    Files.writeString(output, said);
    if (process.exitValue() != 0) {
      List<String> lines = said.strip().lines().toList();
      throw new IllegalStateException(
          name
              + " failed:\n"
              + String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size())));
    }
    return said;
  }

  /** Some tell how they tried to connect; colours are of no use here either. */
  private static String withoutSecrets(String said, Map<String, String> environment) {
    String clean = said.replaceAll("\u001B\\[[0-9;]*m", "");
    for (String side : List.of("FROM_PASSWORD", "TO_PASSWORD")) {
      String secret = environment.getOrDefault(side, "");
      clean = secret.isEmpty() ? clean : clean.replace(secret, "***");
    }
    return clean;
  }

  private String program() {
    Path own = tools.resolve("bin").resolve(interpreter);
    return Files.isExecutable(own)
        ? own.toString()
        : interpreter.equals("python") ? "python3" : interpreter;
  }
}
