package dev.tidemark.connect.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeColumnTest {

  /** Clocks go back at 01:00 UTC on October 25, and forward at 01:00 UTC on March 29. */
  @ParameterizedTest
  @CsvSource({
    "Asia/Jakarta, 2026-10-25T00:30:00Z, +07:00",
    "Europe/Berlin, 2026-08-01T00:00:00Z, +02:00",
    "Europe/Berlin, 2026-10-25T00:30:00Z, +01:00",
    "Europe/Berlin, 2026-10-25T01:30:00Z, +01:00",
    "Europe/Berlin, 2026-03-29T00:30:00Z, +01:00",
    "Europe/Berlin, 2026-03-29T01:30:00Z, +02:00",
    "America/New_York, 2026-12-01T00:00:00Z, -05:00"
  })
  void aClockThatIsAboutToBePutBackIsTakenForBack(ZoneId zone, Instant now, ZoneOffset offset) {
    assertThat(ChangeColumn.earliest(zone, now)).isEqualTo(offset);
  }
}
