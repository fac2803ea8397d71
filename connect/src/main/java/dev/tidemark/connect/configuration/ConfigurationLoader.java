package dev.tidemark.connect.configuration;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads {@code tidemark.yaml}: puts in {@code ${ENV}} and {@code ${ENV:default}}, binds it to
 * records, and names every mistake at once.
 *
 * <p>A file that says nothing of the control database or of Temporal gets what the environment
 * names ({@value #CONTROL_URL} and the like), and else this machine's. The process that starts
 * embedded servers hands their addresses to its children by these variables.
 */
public final class ConfigurationLoader {

  public static final String DEFAULT_FILE = "tidemark.yaml";

  public static final String CONTROL_URL = "TIDEMARK_CONTROL_URL";
  public static final String CONTROL_USERNAME = "TIDEMARK_CONTROL_USERNAME";
  public static final String CONTROL_PASSWORD = "TIDEMARK_CONTROL_PASSWORD";
  public static final String TEMPORAL_ADDRESS = "TIDEMARK_TEMPORAL_ADDRESS";
  public static final String TEMPORAL_UI = "TIDEMARK_TEMPORAL_UI";

  private static final String YAML = "YAML";

  private final Environment environment;

  /**
   * @param environment variables by name, such as {@link System#getenv()}
   */
  public ConfigurationLoader(Map<String, String> environment) {
    this.environment = new Environment(environment);
  }

  /**
   * Reads a file.
   *
   * @throws ConfigurationException with every mistake that was found
   */
  public TidemarkConfiguration load(Path file) {
    Path directory = file.toAbsolutePath().getParent();
    return bind(file.toString(), read(file), new Reading(environment, directory));
  }

  /**
   * Reads a text. Files that it names are not looked for.
   *
   * @param source what to call it in messages
   * @throws ConfigurationException with every mistake that was found
   */
  public TidemarkConfiguration parse(String source, String yaml) {
    return bind(source, yaml, new Reading(environment, null));
  }

  /**
   * The sections that stand in a file, such as {@code control} and {@code temporal}: what is absent
   * may be served by an embedded server.
   *
   * @throws ConfigurationException when the file is no YAML
   */
  public Set<String> sections(Path file) {
    Reading reading = new Reading(environment, null);
    Section root = root(file.toString(), read(file), reading);
    return root == null
        ? Set.of()
        : ConfigurationKeys.ROOT.stream().filter(root::has).collect(Collectors.toSet());
  }

  /**
   * Where in a file its settings stand.
   *
   * @throws ConfigurationException when the file is no YAML
   */
  public static ConfigurationLines lines(Path file) {
    return new ConfigurationLines(compose(file.toString(), read(file)));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw only(file.toString(), 0, "no such file", "a file that exists");
    } catch (CharacterCodingException e) {
      throw only(file.toString(), 0, "bytes that are no UTF-8", YAML + " in UTF-8");
    } catch (IOException e) {
      String reason = e.getClass().getSimpleName();
      throw only(file.toString(), 0, "what cannot be read: " + reason, "a file that can be read");
    }
  }

  private static TidemarkConfiguration bind(String source, String yaml, Reading reading) {
    Section root = root(source, yaml, reading);
    TidemarkConfiguration configuration =
        root == null ? null : new RootBinder(reading, root).bind();
    if (configuration == null || reading.count() > 0) {
      throw new ConfigurationException(source, reading.mistakes());
    }
    return configuration;
  }

  private static @Nullable Section root(String source, String yaml, Reading reading) {
    Node node = compose(source, yaml);
    if (node instanceof MappingNode mapping) {
      return new Section(reading, "", 1, mapping, ConfigurationKeys.ROOT);
    }
    reading.mistake(
        "",
        0,
        node == null ? "nothing" : "no keys",
        "keys with values: " + String.join(", ", ConfigurationKeys.ROOT));
    return null;
  }

  private static @Nullable Node compose(String source, String yaml) {
    try {
      return new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      String problem = problem(e);
      throw mark == null
          ? only(source, 0, problem, YAML)
          : only(
              source,
              mark.getLine() + 1,
              problem + " in column " + (mark.getColumn() + 1),
              YAML + "; special characters, and ${NAME} between braces, stand in quotes");
    } catch (YAMLException e) {
      throw only(source, 0, "what is no YAML", YAML + " of printable characters");
    }
  }

  /** The parser's words, unless they would show a piece of the file, which may be a secret. */
  private static String problem(MarkedYAMLException e) {
    String problem = e.getProblem() == null ? "what is no YAML" : e.getProblem();
    if (problem.startsWith("found undefined alias")) {
      return "an alias (*) without an anchor (&)";
    }
    return problem.startsWith("found undefined tag") || problem.length() > 100
        ? "what is no YAML"
        : problem.replaceFirst("^found ", "");
  }

  private static ConfigurationException only(
      String source, int line, String found, String allowed) {
    return new ConfigurationException(source, List.of(new Mistake("", line, found, allowed)));
  }
}
