package dev.tidemark.connect.copy;

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
    ChunkSize size = ChunkSize.adaptive().limited(1_000, 1_000);
    assertThat(size.rows()).isEqualTo(1_000);
    size.took(1_000, 1, Duration.ofMillis(1));
    assertThat(size.rows()).isEqualTo(1_000);
    size.took(1_000, 1, Duration.ofSeconds(4));
    assertThat(size.rows()).isEqualTo(250);
    assertThat(ChunkSize.of(20_000).limited(300, 300).rows()).isEqualTo(300);
    assertThat(ChunkSize.of(200).limited(300, 300).rows()).isEqualTo(200);
    ChunkSize few = ChunkSize.adaptive().limited(2, 2);
    few.took(2, 1, Duration.ofSeconds(9));
    assertThat(few.rows()).isEqualTo(2);
  }

  /** Nobody knows before how wide rows are. */
  @Test
  void growsBeyondACarefulBeginning() {
    ChunkSize size = ChunkSize.adaptive().limited(50, Integer.MAX_VALUE);
    assertThat(size.rows()).isEqualTo(50);
    size.took(50, 1, Duration.ofMillis(1));
    assertThat(size.rows()).isEqualTo(200);
    ChunkSize unlimited = ChunkSize.adaptive().limited(Integer.MAX_VALUE, Integer.MAX_VALUE);
    assertThat(unlimited.rows()).isEqualTo(ChunkSize.FIRST_ROWS);
  }
}
