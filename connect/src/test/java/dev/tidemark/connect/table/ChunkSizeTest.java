package dev.tidemark.connect.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChunkSizeTest {

  @Test
  void growsAndShrinksToASecond() {
    ChunkSize size = ChunkSize.adaptive();
    size.took(size.rows(), 1, Duration.ofMillis(500));
    assertThat(size.rows()).isEqualTo(2 * ChunkSize.FIRST_ROWS);
    size.took(size.rows(), 1, Duration.ofSeconds(4));
    assertThat(size.rows()).isEqualTo(ChunkSize.FIRST_ROWS / 2);
  }

  /** What a limit lets pass in a second, and less where several sessions share it. */
  @Test
  void staysBelowWhatItIsToldAndLearnsAllTheSame() {
    ChunkSize size = ChunkSize.adaptive().atMost(1_000);
    assertThat(size.rows()).isEqualTo(1_000);
    size.took(1_000, 1, Duration.ofMillis(1));
    assertThat(size.rows()).isEqualTo(1_000);
    size.took(1_000, 1, Duration.ofSeconds(4));
    assertThat(size.rows()).isEqualTo(250);
    assertThat(ChunkSize.of(20_000).atMost(300).rows()).isEqualTo(300);
    assertThat(ChunkSize.of(200).atMost(300).rows()).isEqualTo(200);
    ChunkSize few = ChunkSize.adaptive().atMost(2);
    few.took(2, 1, Duration.ofSeconds(9));
    assertThat(few.rows()).isEqualTo(2);
  }
}
