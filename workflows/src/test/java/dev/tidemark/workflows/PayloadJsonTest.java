package dev.tidemark.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.SourceSpec;
import dev.tidemark.workflows.table.RetrySpec;
import dev.tidemark.workflows.table.TableSpec;
import dev.tidemark.workflows.table.WhenBusy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PayloadJsonTest {

  private static final BatchSpec SPEC =
      new BatchSpec(
          "branches",
          List.of(new SourceSpec("pgsql_lmp", Map.of("branch", "lmp"))),
          "dashboard",
          List.of("*"),
          List.of("tmp_*"),
          TableSpec.DEFAULT,
          Map.of("c_invoice", TableSpec.DEFAULT),
          4,
          2,
          new RetrySpec(5, Duration.ofMillis(1_500), Duration.ofMinutes(1), 2.5),
          WhenBusy.REFUSE,
          true);

  @Test
  void readsWhatItWrote() {
    assertThat(PayloadJson.read(PayloadJson.write(SPEC), BatchSpec.class)).isEqualTo(SPEC);
  }

  @Test
  void readsASpecWithoutSettingsAsItWasBeforeThereWereAny() {
    String older =
        PayloadJson.write(SPEC).replace(",\"settings\":{}", "").replace(",\"verify\":false", "");
    assertThat(older).doesNotContain("settings", "verify");
    assertThat(PayloadJson.read(older, BatchSpec.class)).isEqualTo(SPEC);
  }

  @Test
  void readsWhatANewerVersionWrote() {
    String newer = PayloadJson.write(SPEC).replaceFirst("\\{", "{\"laterField\": 1, ");
    assertThat(PayloadJson.read(newer, BatchSpec.class)).isEqualTo(SPEC);
  }
}
