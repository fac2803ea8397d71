package dev.tidemark.api.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventuallyTest {

  private static final Duration SHORT = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofDays(1);

  @Test
  void looksUntilSomethingIsFound() {
    AtomicInteger looks = new AtomicInteger();
    Optional<Integer> found =
        Eventually.await(
            () -> Optional.of(looks.incrementAndGet()).filter(number -> number == 5), SHORT, LONG);
    assertThat(found).contains(5);
    assertThat(looks).hasValue(5);
  }

  @Test
  void whatALookThrowsEndsTheWaiting() {
    assertThatThrownBy(
            () ->
                Eventually.await(
                    () -> {
                      throw new IllegalArgumentException("left out");
                    },
                    SHORT,
                    LONG))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("left out");
  }

  @Test
  void givesUpWhenNothingIsFoundInTime() {
    assertThat(Eventually.await(Optional::empty, LONG, SHORT)).isEmpty();
  }

  @Test
  void anInterruptEndsTheWaiting() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Eventually.await(Optional::empty, SHORT, LONG))
        .hasMessage("the API stops");
    assertThat(Thread.interrupted()).isTrue();
  }
}
