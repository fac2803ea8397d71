package dev.tidemark.connect.comparison;

import dev.tidemark.connect.failure.Thrown;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A thread for each of the two sessions, so that both databases work at the same time. */
final class Workers implements AutoCloseable {

  private final ExecutorService source = thread("compare source");
  private final ExecutorService target = thread("compare target");

  /** What the two sides say to one question. */
  record Pair<T>(T source, T target) {}

  private static ExecutorService thread(String name) {
    return Executors.newSingleThreadExecutor(Thread.ofVirtual().name(name).factory());
  }

  <T> Future<T> atSource(Callable<T> work) {
    return source.submit(work);
  }

  <T> Future<T> atTarget(Callable<T> work) {
    return target.submit(work);
  }

  /** Asks both, behind all that they have been asked before. */
  <T> Pair<T> both(Callable<T> atSource, Callable<T> atTarget)
      throws SQLException, InterruptedException {
    Future<T> here = atSource(atSource);
    Future<T> there = atTarget(atTarget);
    return new Pair<>(answer(here), answer(there));
  }

  /** The answer, or the error that came instead. */
  static <T> T answer(Future<T> asked) throws SQLException, InterruptedException {
    try {
      return asked.get();
    } catch (ExecutionException e) {
      throw Thrown.sql(e.getCause());
    }
  }

  @Override
  public void close() {
    source.close();
    target.close();
  }
}
