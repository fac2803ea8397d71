package dev.tidemark.workflows.batch;

import static dev.tidemark.workflows.batch.Batches.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.workflows.table.TableId;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchSpecTest {

  @Test
  void ofSomeTablesNamesThemAloneAndReadsNoOtherSource() {
    BatchSpec spec = Batches.of("lmp", "sby", "mlg").spec().verified(true);
    BatchSpec some =
        spec.only(List.of(id("sby", "a"), new TableId("lmp", "My \"own\"", "b.*"), id("sby", "c")));
    assertThat(some.sources()).extracting(SourceSpec::connection).containsExactly("lmp", "sby");
    assertThat(some.tables())
        .containsExactly(
            "\"sby\".\"public\".\"a\"",
            "\"lmp\".\"My \"\"own\"\"\".\"b.*\"",
            "\"sby\".\"public\".\"c\"");
    assertThat(some.verify()).isTrue();
    assertThat(some.tableDefaults()).isEqualTo(spec.tableDefaults());
    assertThatThrownBy(() -> spec.only(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anIdSaysWhatSortOfBatchItIs() {
    assertThat(RunIds.kindOf("repair_20251108_143052_aB3dEf9h")).isEqualTo("repair");
    assertThat(RunIds.kindOf("sync_20251108_143052_aB3dEf9h")).isEqualTo("batch");
  }
}
