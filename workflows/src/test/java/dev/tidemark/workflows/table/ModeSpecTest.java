package dev.tidemark.workflows.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class ModeSpecTest {

  /**
   * Targets keep it: another spelling would start every pass over that an earlier version began.
   */
  @Test
  void isSpelledInTargetsAsItWasByEarlierVersions() {
    assertThat(ModeSpec.FULL.specification())
        .isEqualTo("ModeSpec[mode=FULL, changeColumn=null, deletes=IGNORE, deletedColumn=null]");
    assertThat(new ModeSpec(SyncMode.DIFF, null, Deletes.SOFT, "gone_at").specification())
        .isEqualTo("ModeSpec[mode=DIFF, changeColumn=null, deletes=SOFT, deletedColumn=gone_at]");
    assertThat(new ModeSpec(SyncMode.INCREMENTAL, "changed", Deletes.IGNORE, null).specification())
        .isEqualTo(
            "ModeSpec[mode=INCREMENTAL, changeColumn=changed, deletes=IGNORE, deletedColumn=null]");
  }

  @Test
  void aZoneIsSpelledWhereThereIsOne() {
    ModeSpec mode =
        new ModeSpec(
            SyncMode.INCREMENTAL, "changed", ZoneId.of("Asia/Jakarta"), Deletes.IGNORE, null);
    assertThat(mode.specification())
        .isEqualTo(
            "ModeSpec[mode=INCREMENTAL, changeColumn=changed, changeZone=Asia/Jakarta,"
                + " deletes=IGNORE, deletedColumn=null]");
  }
}
