package dev.tidemark.connect.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeColumnTest {

  /** Clocks go back at 01:00 UTC on October 25, and forward at 01:00 UTC on March 29. */
  @ParameterizedTest
  @CsvSource({
    "Asia/Jakarta, 2026-10-25T00:30:00Z, PT25M, +07:00",
    "Europe/Berlin, 2026-08-01T00:00:00Z, PT25M, +02:00",
    "America/New_York, 2026-12-01T00:00:00Z, PT25M, -05:00",
    "Europe/Berlin, 2026-10-25T00:30:00Z, PT25M, +01:00",
    "Europe/Berlin, 2026-10-25T01:30:00Z, PT25M, +01:00",
    "Europe/Berlin, 2026-10-25T01:30:00Z, PT3H, +01:00"
  })
  void aClockThatIsAboutToBePutBackIsTakenForBack(
      ZoneId zone, Instant now, Duration open, ZoneOffset offset) {
    assertThat(ChangeColumn.earliest(zone, now, open)).isEqualTo(offset);
  }

  /** What was written before the switch by a transaction that is still open must not be hidden. */
  @ParameterizedTest
  @CsvSource({
    "2026-03-29T00:30:00Z, PT25M, +01:00",
    "2026-03-29T01:10:00Z, PT25M, +01:00",
    "2026-03-29T01:30:00Z, PT25M, +02:00",
    "2026-03-29T01:30:00Z, PT31M, +01:00",
    "2026-03-30T01:30:00Z, PT25H, +01:00",
    "2026-07-01T00:00:00Z, PT4000H, +01:00",
    "2026-10-01T00:00:00Z, PT9000H, +01:00"
  })
  void aClockThatWasPutForwardSinceATransactionBeganIsTakenForNotPutForward(
      Instant now, Duration open, ZoneOffset offset) {
    assertThat(ChangeColumn.earliest(ZoneId.of("Europe/Berlin"), now, open)).isEqualTo(offset);
  }
}
