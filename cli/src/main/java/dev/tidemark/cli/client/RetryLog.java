package dev.tidemark.cli.client;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Tells what a run waits for, where lines stay: each attempt once. */
public final class RetryLog {

  private final Consumer<String> lines;
  private final Set<String> told = new HashSet<>();

  /**
   * A log that has told nothing yet.
   *
   * @param lines takes the lines
   */
  public RetryLog(Consumer<String> lines) {
    this.lines = lines;
  }

  /** Tells what is new. */
  public void tell(List<Retry> retries) {
    for (Retry retry : retries) {
      if (told.add(retry.reason())) {
        lines.accept("Waiting: " + retry.words());
      }
    }
  }
}
