package dev.tidemark.api.run;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Looks at many things at once, where each look is a call over the network. */
public final class AtOnce {

  private AtOnce() {}

  /**
   * What each came to, in their order.
   *
   * @throws RuntimeException what the first of them that failed has thrown
   */
  public static <T, R> List<R> map(Collection<T> things, Function<T, R> look) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<R>> looks =
          things.stream()
              .map(thing -> CompletableFuture.supplyAsync(() -> look.apply(thing), threads))
              .toList();
      return looks.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
