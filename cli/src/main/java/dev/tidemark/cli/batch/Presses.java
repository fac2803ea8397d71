package dev.tidemark.cli.batch;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Ctrl+C, as something to wait for. */
public final class Presses {

  private final Semaphore presses = new Semaphore(0);
  private volatile boolean asking;

  /** Ctrl+C was pressed. A second time, while a question about the first is open, ends at once. */
  public void press() {
    if (asking) {
      Runtime.getRuntime().halt(130);
    }
    presses.release();
  }

  /** Waits for a press, at most so long; answers whether there was one. */
  boolean await(Duration patience) {
    try {
      return presses.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  void asking(boolean now) {
    asking = now;
  }
}
