package dev.tidemark.workflows.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchLabelsTest {

  @Test
  void namesSourcesAndTheTarget() {
    assertThat(BatchLabels.connections(Batches.of("lmp", "sby").spec()))
        .containsExactly("lmp", "sby", "dashboard");
  }

  /** Temporal takes two kilobytes. */
  @Test
  void namesNoMoreSourcesThanTemporalTakes() {
    String[] sources =
        IntStream.range(0, 300)
            .mapToObj("branch_of_company_%03d"::formatted)
            .toArray(String[]::new);
    assertThat(BatchLabels.connections(Batches.of(sources).spec()))
        .startsWith("branch_of_company_000")
        .endsWith("dashboard")
        .satisfies(names -> assertThat(String.join("\",\"", names).length()).isLessThan(2_000));
  }
}
