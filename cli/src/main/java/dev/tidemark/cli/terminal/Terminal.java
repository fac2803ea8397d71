package dev.tidemark.cli.terminal;

import java.io.BufferedReader;
import java.io.Console;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a command reads and writes.
 *
 * @param out takes results
 * @param err takes errors
 * @param in gives answers to questions
 * @param interactive whether a person sits there
 * @param coloured whether colours are welcome
 * @param environment variables of the process
 */
public record Terminal(
    PrintWriter out,
    PrintWriter err,
    BufferedReader in,
    boolean interactive,
    boolean coloured,
    Map<String, String> environment) {

  public Terminal {
    Objects.requireNonNull(out, "out");
    Objects.requireNonNull(err, "err");
    Objects.requireNonNull(in, "in");
    environment = Map.copyOf(environment);
  }

  /** That of this process. */
  public static Terminal system() {
    Map<String, String> environment = System.getenv();
    boolean interactive =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    boolean dumb = "dumb".equals(environment.get("TERM"));
    boolean refused = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Terminal(
        utf8(System.out),
        utf8(System.err),
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
        interactive && !dumb,
        interactive && !dumb && !refused,
        environment);
  }

  private static PrintWriter utf8(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  public @Nullable String variable(String name) {
    return environment.get(name);
  }

  /** The text in a colour, or plain where colours are not welcome. */
  public String paint(String text, Colour colour) {
    return coloured ? colour.paint(text) : text;
  }

  public void print(String line) {
    out.println(line);
    out.flush();
  }

  public void complain(@Nullable String line) {
    err.println(line);
    err.flush();
  }
}
