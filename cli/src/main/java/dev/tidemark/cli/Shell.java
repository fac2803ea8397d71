package dev.tidemark.cli;

/** How commands are typed, for hints that can be copied. */
public final class Shell {

  public static final String PROGRAM = "./tidemark";

  private Shell() {}

  /** A command line of this program. */
  public static String command(String... words) {
    return PROGRAM + " " + String.join(" ", words);
  }
}
