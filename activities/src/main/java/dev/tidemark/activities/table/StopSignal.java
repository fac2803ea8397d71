package dev.tidemark.activities.table;

/** Tells copying activities that their worker is about to leave. */
public final class StopSignal {

  private volatile boolean stopping;

  public boolean stopping() {
    return stopping;
  }

  /** From now on every activity gives itself back after its chunk. */
  public void stop() {
    stopping = true;
  }
}
