package dev.tidemark.connect.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Files of the project beside its modules. */
final class Project {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_]+)(?::[^}]*)?}");

  private Project() {}

  static Path path(String name) {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docs/configuration.md"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("not within the project");
      }
    }
    return folder.resolve(name);
  }

  static String read(String name) {
    try {
      return Files.readString(path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(path("examples"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  /** Variables that a text refers to. */
  static Set<String> variables(String text) {
    Set<String> names = new TreeSet<>();
    text.lines()
        .filter(line -> !line.strip().startsWith("#"))
        .forEach(line -> VARIABLE.matcher(line).results().forEach(hit -> names.add(hit.group(1))));
    return names;
  }

  /** What {@code .env.example} sets. */
  static Map<String, String> environmentExample() {
    Map<String, String> variables = new LinkedHashMap<>();
    read(".env.example")
        .lines()
        .filter(line -> !line.startsWith("#") && line.contains("="))
        .forEach(
            line ->
                variables.put(
                    line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
    return variables;
  }
}
