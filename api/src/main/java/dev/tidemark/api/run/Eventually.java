package dev.tidemark.api.run;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Waits for what Temporal does by and by, and tells nobody of. */
public final class Eventually {

  private Eventually() {}

  /**
   * Looks until something is found.
   *
   * @param look what it throws ends the waiting too
   * @param between time from one look to the next
   * @return empty when nothing was found in time
   */
  public static <T> Optional<T> await(
      Supplier<Optional<T>> look, Duration between, Duration patience) {
    CompletableFuture<T> found = new CompletableFuture<>();
    try (ScheduledExecutorService looks =
        Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory())) {
      ScheduledFuture<?> ignored =
          looks.scheduleWithFixedDelay(
              () -> look(look, found), 0, between.toNanos(), TimeUnit.NANOSECONDS);
      return Optional.of(found.get(patience.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the API stops", e);
    }
  }

  private static <T> void look(Supplier<Optional<T>> look, CompletableFuture<T> found) {
    if (found.isDone()) {
      // Whoever waited has not closed the looks yet.
      return;
    }
    try {
      look.get().ifPresent(found::complete);
    } catch (RuntimeException | Error e) {
      found.completeExceptionally(e);
    }
  }
}
