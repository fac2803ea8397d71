package dev.tidemark.activities.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.client.ActivityCanceledException;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityNotExistsException;
import io.temporal.client.ActivityWorkerShutdownException;
import io.temporal.failure.TimeoutFailure;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeartbeatsTest {

  private final AtomicInteger sent = new AtomicInteger();

  @Test
  void obeysTheServersCancel() {
    assertThat(orderAfter(new ActivityCanceledException())).isEqualTo(Heartbeats.Order.CANCEL);
  }

  @Test
  void givesBackWhenNoHeartbeatGotThroughForTooLong() {
    TimeoutFailure away = new TimeoutFailure(null, null, TimeoutType.TIMEOUT_TYPE_HEARTBEAT);
    ActivityInfo unnamed = answering(ActivityInfo.class, null);
    assertThat(orderAfter(new ActivityCanceledException(unnamed, away)))
        .isEqualTo(Heartbeats.Order.GIVE_BACK);
  }

  @Test
  void givesBackWhenItsRunIsOver() {
    assertThat(orderAfter(new ActivityNotExistsException(new IllegalStateException("gone"))))
        .isEqualTo(Heartbeats.Order.GIVE_BACK);
  }

  @Test
  void goesOnWhileItsWorkerShutsDown() {
    assertThat(orderAfter(new ActivityWorkerShutdownException())).isEqualTo(Heartbeats.Order.GO_ON);
    assertThat(orderAfter(null)).isEqualTo(Heartbeats.Order.GO_ON);
  }

  private Heartbeats.Order orderAfter(@Nullable ActivityCompletionException answer) {
    int before = sent.get();
    ActivityExecutionContext context = answering(ActivityExecutionContext.class, answer);
    try (Heartbeats heartbeats = Heartbeats.start(context, () -> "details")) {
      // The answer to the first is taken in before the second is sent.
      await().until(() -> sent.get() >= before + 2);
      return heartbeats.order();
    }
  }

  /** Answers whatever is asked with this exception, or else with null. */
  private <T> T answering(Class<T> type, @Nullable ActivityCompletionException answer) {
    return type.cast(
        Proxy.newProxyInstance(
            HeartbeatsTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              sent.incrementAndGet();
              if (answer != null) {
                throw answer;
              }
              return null;
            }));
  }
}
