package dev.tidemark.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.cli.Terminals;
import dev.tidemark.cli.terminal.Columns.Cell;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WordsTest {

  @Test
  void durationsReadWell() {
    assertThat(Words.duration(null)).isEqualTo("-");
    assertThat(Words.duration(0.04)).isEqualTo("0.0 s");
    assertThat(Words.duration(9.94)).isEqualTo("9.9 s");
    assertThat(Words.duration(42.4)).isEqualTo("42 s");
    assertThat(Words.duration(185.0)).isEqualTo("3m 05s");
    assertThat(Words.duration(7800.0)).isEqualTo("2h 10m");
  }

  @Test
  void numbersReadWell() {
    assertThat(Words.count(1_234_567)).isEqualTo("1,234,567");
    assertThat(Words.speed(0.1)).isEmpty();
    assertThat(Words.speed(950)).isEqualTo("950/s");
    assertThat(Words.speed(48_123)).isEqualTo("48.1k/s");
    assertThat(Words.time(Instant.parse("2025-11-08T14:30:52.9Z")))
        .isEqualTo("2025-11-08 14:30:52");
    assertThat(Words.plural(1, "table")).isEqualTo("1 table");
  }

  @Test
  void barsFillToAnEighth() {
    assertThat(Bar.of(0, 4)).isEqualTo("    ");
    assertThat(Bar.of(62.5, 4)).isEqualTo("██▌ ");
    assertThat(Bar.of(100, 4)).isEqualTo("████");
    assertThat(Bar.of(400, 2)).isEqualTo("██");
    assertThat(Bar.of(50, 0)).isEmpty();
  }

  @Test
  void columnsAlignWithAndWithoutColours() {
    Columns columns =
        new Columns("lr")
            .heading("NAME", "ROWS")
            .line(Cell.of("é🌊"), new Cell("7", Colour.GREEN))
            .line(Cell.of("longer"), Cell.of("1,234"));

    assertThat(columns.on(Terminals.plain()))
        .containsExactly("NAME     ROWS", "é🌊          7", "longer  1,234");
    assertThat(columns.on(Terminals.coloured()).get(1))
        .isEqualTo("é🌊          \u001b[32m7\u001b[0m");
  }
}
