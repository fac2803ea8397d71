package dev.tidemark.connect.letter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          Data too long for column 'note' at row 1 | note
          Out of range value for column 'n' at row 7 | n
          Incorrect integer value: 'x' for column `there`.`item`.`n` at row 1 | n
          null value in column "note" of relation "item" violates not-null constraint | note
          value too long\\n  Where: COPY item, line 3, column note: "xxx" | note
          numeric field overflow\\n  Where: COPY item, line 3, column n | n
          value too long for type character varying(50) of column "note" | note
          Incorrect value: 'for column 'n'' for column 'note' at row 1 | note
          Duplicate entry '5' for key 'item.email' |
          Data too long for column 'other' at row 1 |
          """)
  void namesTheColumnWhereTheDatabaseDoes(String message, String column) {
    assertThat(Refusal.named(message.replace("\\n", "\n"), List.of("id", "note", "n")))
        .isEqualTo(column);
  }
}
