package dev.tidemark.activities.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.connect.configuration.ConnectionLimits;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.workflows.table.Deletes;
import dev.tidemark.workflows.table.ModeSpec;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.SyncMode;
import dev.tidemark.workflows.table.TableSpec;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that may not be read or written as fast as it goes. */
@Timeout(120)
class LimitsIT {

  private static final int ROWS = 3_000;
  private static final ConnectionLimits FREE = ConnectionLimits.NONE;

  private static Stream<Arguments> limits() {
    ConnectionLimits rows = new ConnectionLimits(1_000, 0);
    // A line is some 50 bytes.
    ConnectionLimits bytes = new ConnectionLimits(0, 50_000);
    return Stream.of(TestServer.values())
        .flatMap(
            to ->
                Stream.of(
                    Arguments.of(to, rows, FREE),
                    Arguments.of(to, FREE, rows),
                    Arguments.of(to, bytes, FREE),
                    Arguments.of(to, FREE, bytes)));
  }

  private static TwoSides sides(TestServer to, ConnectionLimits here, ConnectionLimits there) {
    TwoSides sides = new TwoSides(TestServer.POSTGRESQL, to, TableSpec.DEFAULT, here, there);
    sides.atSource(
        "CREATE TABLE item (id int PRIMARY KEY, note text)",
        "INSERT INTO item SELECT i, repeat('x', 44) FROM generate_series(1, " + ROWS + ") i");
    return sides;
  }

  /** No less than it must take: a second's worth passes at once, the rest at the pace. */
  private static void assertPaced(long start) {
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertThat(took).isGreaterThan(Duration.ofMillis(1_900));
  }

  @ParameterizedTest
  @MethodSource("limits")
  void staysBelowTheLimitOfEitherSide(TestServer to, ConnectionLimits here, ConnectionLimits there)
      throws Exception {
    try (TwoSides sides = sides(to, here, there)) {
      long start = System.nanoTime();
      sides.copy();
      assertPaced(start);
      assertThat(sides.counts()).isEqualTo(new RowCounts(ROWS, ROWS, 0, 0));
      sides.assertEqual("id, note");
      // Each transaction has what passes in about a second.
      assertThat(Integer.parseInt(chunks(sides))).isGreaterThanOrEqualTo(3);
    }
  }

  private static String chunks(TwoSides sides) throws Exception {
    return TwoSides.rows(sides.target, "SELECT sum(chunks) FROM tidemark_cursor").getFirst();
  }

  /** All of it is in one transaction, which has to take its time. */
  @ParameterizedTest
  @EnumSource
  void pacesATableWithoutAKeyWithinItsOnlyChunk(TestServer to) throws Exception {
    try (TwoSides sides = sides(to, new ConnectionLimits(1_000, 0), FREE)) {
      sides.atSource("ALTER TABLE item DROP CONSTRAINT item_pkey");
      sides.spec = TableSpec.DEFAULT.in(new ModeSpec(SyncMode.REPLACE, null, Deletes.IGNORE, null));
      long start = System.nanoTime();
      sides.copy();
      assertPaced(start);
      sides.assertEqual("id, note");
    }
  }

  @ParameterizedTest
  @EnumSource
  void countsRowsThatAreOnlyCompared(TestServer to) throws Exception {
    try (TwoSides sides = sides(to, FREE, new ConnectionLimits(1_000, 0))) {
      sides.copy();
      sides.atSource("UPDATE item SET note = 'changed' WHERE id = 7");
      sides.newPass("second");
      sides.spec = TableSpec.DEFAULT.in(new ModeSpec(SyncMode.DIFF, null, Deletes.IGNORE, null));
      long start = System.nanoTime();
      sides.copy();
      assertPaced(start);
      assertThat(sides.counts()).isEqualTo(new RowCounts(ROWS, 0, 1, ROWS - 1));
    }
  }

  /** Two rows a second: whoever waited for the end would wait for 25 minutes. */
  @ParameterizedTest
  @EnumSource
  void aStopIsHeardWhileItWaits(TestServer to) throws Exception {
    try (TwoSides sides = sides(to, new ConnectionLimits(2, 0), FREE)) {
      assertThat(sides.copy(() -> sides.counts().read() > 0)).isFalse();
      assertThat(sides.counts().read()).isBetween(1L, ROWS - 1L);
    }
  }
}
