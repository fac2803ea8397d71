package dev.tidemark.workflows.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableSpecTest {

  /** Or a repair would refuse a table for what its syncs may lose. */
  @Test
  void anotherModeChangesNothingElse() {
    TableSpec spec =
        new TableSpec(
            "there",
            List.of("id"),
            List.of("id", "note"),
            List.of(),
            Map.of("note", "remark"),
            Map.of("branch", "lmp"),
            100,
            2,
            ModeSpec.FULL,
            new RowSpec("id > 0", Map.of(), 7),
            new ShapeSpec(true, true, Map.of("note", "int")));
    ModeSpec diff = new ModeSpec(SyncMode.DIFF, null, Deletes.HARD, null);
    TableSpec other = spec.in(diff);
    assertThat(other.mode()).isEqualTo(diff);
    assertThat(other.in(ModeSpec.FULL)).isEqualTo(spec);
  }
}
