package dev.tidemark.cli.client;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the API again and again, also while it does not answer, as when it is started anew. What
 * goes on behind it goes on meanwhile.
 */
public final class Patience {

  private static final Duration WITHOUT_ANSWER = Duration.ofMinutes(2);

  private long answered = System.nanoTime();
  private String silence = "";

  /**
   * One look.
   *
   * @return null when nobody answered and the next look may bring something
   * @throws ApiException when the API refused, or has not answered for two minutes
   */
  public <T> @Nullable T ask(Supplier<T> look) {
    try {
      T answer = look.get();
      answered = System.nanoTime();
      return answer;
    } catch (ApiException e) {
      if (!e.passing() || System.nanoTime() - answered > WITHOUT_ANSWER.toNanos()) {
        throw e;
      }
      silence =
          e.code().isEmpty()
              ? "The API does not answer; trying again."
              : String.valueOf(e.getMessage()).lines().findFirst().orElse("") + " Trying again.";
      return null;
    }
  }

  /** What people are told of the last look that brought nothing; one line. */
  public String silence() {
    return silence;
  }
}
