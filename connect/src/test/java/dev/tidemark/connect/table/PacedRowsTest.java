package dev.tidemark.connect.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacedRowsTest {

  @Test
  void tellsOfEachPieceBeforeItPassesOnAndChangesNothing() throws Exception {
    List<String> told = new ArrayList<>();
    PacedRows rows =
        new PacedRows(
            TextRows.of("1\tone", "2\tline\\nfeed", "3\t\\N"),
            (lines, bytes) -> told.add(lines + " of " + bytes));
    assertThat(told).isEmpty();
    String read = new String(rows.readAllBytes(), StandardCharsets.UTF_8);
    assertThat(read).isEqualTo("1\tone\n2\tline\\nfeed\n3\t\\N\n");
    assertThat(told).containsExactly("1 of 6", "1 of 13", "1 of 5");
    assertThat(rows.rows()).isEqualTo(3);
    assertThat(rows.bytes()).isEqualTo(24);
  }
}
