package dev.tidemark.activities.table;

/**
 * Tells the copying activities of a process that it wants to stop: each finishes its chunk and
 * gives its table back.
 */
public final class StopSignal {

  private volatile boolean stopping;

  public boolean stopping() {
    return stopping;
  }

  /** Cannot be taken back. */
  public void stop() {
    stopping = true;
  }
}
