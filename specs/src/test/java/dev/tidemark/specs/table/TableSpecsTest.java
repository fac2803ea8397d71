package dev.tidemark.specs.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.connect.configuration.CopyConfiguration;
import dev.tidemark.connect.configuration.Deletes;
import dev.tidemark.connect.configuration.SyncMode;
import dev.tidemark.connect.configuration.TableConfiguration;
import dev.tidemark.workflows.table.Keyless;
import dev.tidemark.workflows.table.ModeSpec;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TableSpecsTest {

  /** Mode and deletes as configured, what is asked for, what a repair does, and without a key. */
  @ParameterizedTest
  @CsvSource({
    "FULL, IGNORE, , IGNORE, , COMPARED",
    "FULL, IGNORE, HARD, HARD, , COMPARED",
    "FULL, IGNORE, SOFT, SOFT, gone_at, COMPARED",
    "INCREMENTAL, IGNORE, , IGNORE, , COMPARED",
    "REPLACE, HARD, , IGNORE, , REPLACED",
    "REPLACE, HARD, HARD, HARD, , REPLACED",
    "REPLACE, HARD, IGNORE, IGNORE, , COMPARED",
    "REPLACE, HARD, SOFT, SOFT, gone_at, COMPARED",
    "DIFF, IGNORE, , IGNORE, , COMPARED",
    "DIFF, HARD, , HARD, , COMPARED",
    "DIFF, HARD, IGNORE, IGNORE, , COMPARED",
    "DIFF, SOFT, , SOFT, gone_at, COMPARED",
    "DIFF, SOFT, IGNORE, IGNORE, gone_at, COMPARED",
    "DIFF, SOFT, HARD, HARD, gone_at, COMPARED",
  })
  void aRepairDeletesAsAskedOrAsConfiguredForTheModeDiff(
      SyncMode mode,
      Deletes configured,
      dev.tidemark.workflows.table.@Nullable Deletes asked,
      dev.tidemark.workflows.table.Deletes deletes,
      @Nullable String column,
      Keyless keyless) {
    CopyConfiguration copy =
        new CopyConfiguration(
            mode, "changed_at", null, configured, "gone_at", 0, 4, 0, false, false);
    assertThat(TableSpecs.repairMode(copy, asked))
        .isEqualTo(
            new ModeSpec(dev.tidemark.workflows.table.SyncMode.DIFF, null, deletes, column)
                .withKeyless(keyless));
  }

  @ParameterizedTest
  @EnumSource
  void theZoneOfChangesGoesWithTheirColumn(SyncMode mode) {
    CopyConfiguration copy =
        new CopyConfiguration(
            mode, "changed_at", ZoneOffset.UTC, Deletes.IGNORE, "gone_at", 0, 4, 0, false, false);
    TableConfiguration table =
        new TableConfiguration(
            null, List.of(), List.of(), List.of(), Map.of(), Map.of(), null, Map.of(), Map.of(),
            copy);
    assertThat(TableSpecs.of(table).mode().changeZone())
        .isEqualTo(mode == SyncMode.INCREMENTAL ? ZoneOffset.UTC : null);
  }
}
