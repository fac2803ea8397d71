package dev.tidemark.cli;

import dev.tidemark.cli.terminal.Terminal;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.Writer;
import java.util.Map;

/** Terminals that show nothing. */
public final class Terminals {

  private Terminals() {}

  public static Terminal plain() {
    return terminal(false);
  }

  public static Terminal coloured() {
    return terminal(true);
  }

  private static Terminal terminal(boolean coloured) {
    return new Terminal(
        new PrintWriter(Writer.nullWriter()),
        new PrintWriter(Writer.nullWriter()),
        new BufferedReader(Reader.nullReader()),
        coloured,
        coloured,
        Map.of());
  }
}
