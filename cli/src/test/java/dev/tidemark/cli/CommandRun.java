package dev.tidemark.cli;

import dev.tidemark.cli.batch.Presses;
import dev.tidemark.cli.terminal.Terminal;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A command run inside a test, with what it printed. */
public record CommandRun(int exitCode, String out, String err) {

  /** Runs it where nobody sits at a terminal. */
  public static CommandRun of(Map<String, String> environment, String... arguments) {
    return of(environment, new Presses(), arguments);
  }

  public static CommandRun of(
      Map<String, String> environment, Presses presses, String... arguments) {
    return of(environment, presses, null, arguments);
  }

  /** Runs it where a person sits at a terminal, and will type this. */
  public static CommandRun typing(
      String input, Map<String, String> environment, Presses presses, String... arguments) {
    return of(environment, presses, input, arguments);
  }

  private static CommandRun of(
      Map<String, String> environment,
      Presses presses,
      @Nullable String input,
      String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Terminal terminal =
        new Terminal(
            new PrintWriter(out),
            new PrintWriter(err),
            new BufferedReader(new StringReader(input == null ? "" : input)),
            input != null,
            false,
            environment);
    int exitCode = Tidemark.commandLine(terminal, presses).execute(arguments);
    terminal.out().flush();
    terminal.err().flush();
    return new CommandRun(exitCode, out.toString(), err.toString());
  }
}
