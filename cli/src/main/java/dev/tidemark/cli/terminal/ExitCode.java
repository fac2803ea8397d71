package dev.tidemark.cli.terminal;

/** What commands end with beside 0, 1 and 2. */
public final class ExitCode {

  /** All was done, and both sides are known to differ. */
  public static final int DIFFERS = 3;

  private ExitCode() {}
}
