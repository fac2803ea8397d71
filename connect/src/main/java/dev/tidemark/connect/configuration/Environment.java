package dev.tidemark.connect.configuration;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts variables of the environment in the place of {@code ${NAME}} and {@code ${NAME:default}}. A
 * doubled dollar sign before the brace stands for one that begins no variable.
 */
final class Environment {

  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\$\\{|\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::([^}]*))?}|\\$\\{");

  private final Map<String, String> variables;
  private final boolean literal;

  Environment(Map<String, String> variables) {
    this(variables, false);
  }

  private Environment(Map<String, String> variables, boolean literal) {
    this.variables = Map.copyOf(new TreeMap<>(variables));
    this.literal = literal;
  }

  /** Leaves every text as it is: whoever sends one to the API must not read the environment. */
  static Environment literal() {
    return new Environment(Map.of(), true);
  }

  Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
  }

  /**
   * The text with its variables put in.
   *
   * @throws Unresolved when that cannot be done
   */
  String resolve(String text) throws Unresolved {
    if (literal || !text.contains("${")) {
      return text;
    }
    StringBuilder resolved = new StringBuilder();
    Matcher matcher = REFERENCE.matcher(text);
    int end = 0;
    while (matcher.find()) {
      resolved.append(text, end, matcher.start()).append(value(matcher));
      end = matcher.end();
    }
    return resolved.append(text, end, text.length()).toString();
  }

  private String value(Matcher matcher) throws Unresolved {
    if (matcher.group().equals("$${")) {
      return "${";
    }
    String name = matcher.group(1);
    if (name == null) {
      throw new Unresolved(
          "a ${ that begins no variable", "${NAME}, ${NAME:default}, or $${ for the text ${");
    }
    String value = variables.get(name);
    if (value == null) {
      value = matcher.group(2);
    }
    if (value == null) {
      throw new Unresolved(
          "${" + name + "}, which the environment does not have",
          "a variable that is set, or ${" + name + ":default}");
    }
    return value;
  }

  /** Why a text could not be resolved; bears no value. */
  static final class Unresolved extends Exception {

    private static final long serialVersionUID = 1L;

    private final String found;
    private final String allowed;

    Unresolved(String found, String allowed) {
      super(found);
      this.found = found;
      this.allowed = allowed;
    }

    String found() {
      return found;
    }

    String allowed() {
      return allowed;
    }
  }
}
