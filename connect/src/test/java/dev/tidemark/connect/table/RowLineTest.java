package dev.tidemark.connect.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowLineTest {

  private static final String ALPHABET = "abN\\\t\n\r\b\f\u000b\u0000 '\"é😀";

  private static List<@Nullable String> throughALine(List<@Nullable String> fields)
      throws IOException {
    List<RowLine> lines = RowLine.of(RowLine.of(fields).stream());
    assertThat(lines).hasSize(1);
    return lines.getFirst().fields();
  }

  @Test
  void whatGoesInComesOut() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int[] letters = ALPHABET.codePoints().toArray();
    for (int round = 0; round < 2_000; round++) {
      @Nullable String[] fields = new @Nullable String[1 + random.nextInt(4)];
      for (int i = 0; i < fields.length; i++) {
        StringBuilder text = new StringBuilder();
        random
            .ints(random.nextInt(6), 0, letters.length)
            .forEach(letter -> text.appendCodePoint(letters[letter]));
        fields[i] = random.nextInt(5) == 0 ? null : text.toString();
      }
      List<@Nullable String> row = Arrays.asList(fields);
      assertThat(throughALine(row)).as("seed %s", seed).isEqualTo(row);
    }
  }

  @Test
  void readsWhatPostgresqlAndMysqlWrite() throws IOException {
    byte[] lines =
        "1\t\\N\ta\\tb\\nc\\\\N\\v\\f\\b\n2\t\t\\\\x00ff\n".getBytes(StandardCharsets.UTF_8);
    RowStream stream =
        new LineStream() {

          private boolean read;

          @Override
          protected byte @Nullable [] nextLine() {
            byte[] next = read ? null : lines;
            read = true;
            return next;
          }

          @Override
          public void close() {}
        };
    assertThat(RowLine.of(stream))
        .extracting(RowLine::fields)
        .containsExactly(
            Arrays.asList("1", null, "a\tb\nc\\N\u000b\f\b"), Arrays.asList("2", "", "\\x00ff"));
  }
}
