package dev.tidemark.workflows.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.workflows.PayloadJson;
import org.junit.jupiter.api.Test;

class EstimateTest {

  @Test
  void whatAnOlderVersionToldWasMeasured() {
    Estimate old = PayloadJson.read("{\"seconds\":2.5,\"basis\":\"its last run\"}", Estimate.class);
    assertThat(old).isEqualTo(Estimate.measured(2.5, "its last run"));
  }

  @Test
  void aGuessStaysOneOnTheWay() {
    Estimate guess = new Estimate(63, "nothing like it was copied before", PaceFrom.GUESS);
    assertThat(PayloadJson.read(PayloadJson.write(guess), Estimate.class)).isEqualTo(guess);
  }
}
