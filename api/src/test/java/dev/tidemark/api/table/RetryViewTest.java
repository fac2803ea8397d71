package dev.tidemark.api.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.run.RetriedStep;
import dev.tidemark.workflows.table.ErrorDetail;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryViewTest {

  private static final ErrorDetail AWAY =
      new ErrorDetail("CONNECTION_FAILED", "The database is away.", "Start it.");
  private static final ErrorDetail BUSY =
      new ErrorDetail("DATABASE_BUSY", "The database is busy.", "Wait.");
  private static final Instant SOON = Instant.parse("2026-01-01T00:00:05Z");
  private static final Instant LATER = Instant.parse("2026-01-01T00:00:09Z");

  @Test
  void whatManyStepsWaitForIsToldOnceOfTheOneThatComesNext() {
    assertThat(
            RetryView.of(
                List.of(
                    new RetriedStep(4, LATER, AWAY),
                    new RetriedStep(2, null, BUSY),
                    new RetriedStep(3, SOON, AWAY),
                    new RetriedStep(5, null, AWAY))))
        .containsExactly(
            new RetryView(3, SOON, ErrorView.of(AWAY)), new RetryView(2, null, ErrorView.of(BUSY)));
  }
}
