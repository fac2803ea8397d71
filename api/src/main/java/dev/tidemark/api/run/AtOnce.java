package dev.tidemark.api.run;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** Looks at many things, a good number at once, where each look is a call over the network. */
public final class AtOnce {

  /** More would crowd out what others ask. */
  private static final int MOST = 16;

  private AtOnce() {}

  /**
   * What each came to, in their order.
   *
   * @throws RuntimeException what the first of them that failed has thrown
   */
  public static <T, R> List<R> map(Collection<T> things, Function<T, R> look) {
    Semaphore places = new Semaphore(MOST);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<R>> looks =
          things.stream()
              .map(
                  thing ->
                      CompletableFuture.supplyAsync(() -> inPlace(places, thing, look), threads))
              .toList();
      return looks.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static <T, R> R inPlace(Semaphore places, T thing, Function<T, R> look) {
    places.acquireUninterruptibly();
    try {
      return look.apply(thing);
    } finally {
      places.release();
    }
  }
}
