package dev.tidemark.activities.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.connect.configuration.ConnectionLimits;
import dev.tidemark.workflows.plan.Estimate;
import dev.tidemark.workflows.plan.PaceFrom;
import dev.tidemark.workflows.plan.TableFate;
import dev.tidemark.workflows.table.SyncMode;
import org.junit.jupiter.api.Test;

class GuessedTimeTest {

  private static final double START = GuessedTime.SECONDS_OF_AN_EMPTY_TABLE;
  private static final GuessedTime INVOICES = GuessedTime.of(250_000_000, 2_000_000, 2_000_000, 12);

  private static Estimate of(GuessedTime time, SyncMode mode, TableFate fate) {
    return time.estimate(mode, fate, true, ConnectionLimits.NONE, ConnectionLimits.NONE);
  }

  @Test
  void aFirstCopyIsTakenForSlowerThanWasMeasured() {
    Estimate guess = of(INVOICES, SyncMode.FULL, TableFate.CREATED);
    assertThat(guess)
        .isEqualTo(
            new Estimate(
                START + 25, "nothing like it was copied before; at 10.0 MB/s", PaceFrom.GUESS));
  }

  @Test
  void aTableThatIsThereTakesLongerUnlessItIsComparedOrReplaced() {
    assertThat(of(INVOICES, SyncMode.FULL, TableFate.TAKEN).seconds()).isEqualTo(START + 50);
    assertThat(of(INVOICES, SyncMode.INCREMENTAL, TableFate.WIDENED).seconds())
        .isEqualTo(START + 50);
    assertThat(of(INVOICES, SyncMode.DIFF, TableFate.TAKEN).seconds()).isEqualTo(START + 25);
    assertThat(of(INVOICES, SyncMode.REPLACE, TableFate.TAKEN).seconds()).isEqualTo(START + 25);
  }

  @Test
  void insertsTakeLongerThanLoads() {
    ConnectionLimits none = ConnectionLimits.NONE;
    assertThat(INVOICES.estimate(SyncMode.FULL, TableFate.CREATED, false, none, none).seconds())
        .isEqualTo(START + 50);
  }

  @Test
  void limitsOfTheConnectionsLetNoMorePass() {
    ConnectionLimits rows = new ConnectionLimits(10_000, 0);
    ConnectionLimits bytes = new ConnectionLimits(0, 1_000_000);
    Estimate guess = INVOICES.estimate(SyncMode.FULL, TableFate.CREATED, true, rows, bytes);
    assertThat(guess.seconds()).isEqualTo(250);
    assertThat(guess.basis())
        .isEqualTo("nothing like it was copied before; the connections let no more pass");
    assertThat(
            INVOICES
                .estimate(SyncMode.FULL, TableFate.CREATED, true, rows, ConnectionLimits.NONE)
                .seconds())
        .isEqualTo(200);
  }

  @Test
  void bytesAreReckonedFromRowsAndColumnsWhereTheDatabaseDoesNotSay() {
    assertThat(GuessedTime.of(0, 0, 1_000_000, 10).bytes()).isEqualTo(160_000_000);
  }

  @Test
  void aFilterTakesItsShareOfTheBytes() {
    assertThat(GuessedTime.of(1000, 100, 25, 3).bytes()).isEqualTo(250);
    assertThat(GuessedTime.of(1000, 0, 25, 3).bytes())
        .as("nobody knows of how many")
        .isEqualTo(1000);
    assertThat(GuessedTime.of(1000, 20, 25, 3).bytes()).as("statistics are old").isEqualTo(1000);
  }
}
