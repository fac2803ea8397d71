package dev.tidemark.activities.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpeedometerTest {

  private static final long SECOND = 1_000_000_000L;

  @Test
  void countsRowsOfTheLastSeconds() {
    Speedometer speedometer = new Speedometer();
    assertThat(speedometer.rowsPerSecond(0)).isZero();
    speedometer.note(0, 1000);
    speedometer.note(SECOND, 3000);
    assertThat(speedometer.rowsPerSecond(SECOND)).isEqualTo(2000);
    speedometer.note(20 * SECOND, 3000);
    speedometer.note(21 * SECOND, 3500);
    assertThat(speedometer.rowsPerSecond(21 * SECOND)).isEqualTo(500);
  }

  @Test
  void sinksWhileNothingIsCommitted() {
    Speedometer speedometer = new Speedometer();
    speedometer.note(0, 0);
    speedometer.note(SECOND, 1000);
    assertThat(speedometer.rowsPerSecond(4 * SECOND)).isEqualTo(250);
  }
}
