package dev.tidemark.connect.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class LongValuesTest {

  private static final String LONG = "x".repeat(500);
  private static final String CUT = "x".repeat(80) + "…";

  @Test
  void cutsAfterEightyCharacters() {
    assertThat(LongValues.cut("x".repeat(80))).hasSize(80);
    assertThat(LongValues.cut(LONG)).isEqualTo(CUT);
    assertThat(LongValues.cut("☕🫖".repeat(60))).isEqualTo("☕🫖".repeat(40) + "…");
  }

  @Test
  void cutsKeysInMessagesOfDatabases() {
    assertThat(explained("Duplicate entry '" + LONG + "' for key 'PRIMARY'"))
        .endsWith("Duplicate entry '" + CUT + "' for key 'PRIMARY'");
    assertThat(explained("ERROR: Detail: Key (code)=(" + LONG + ") already exists."))
        .endsWith("Key (code)=(" + CUT + ") already exists.");
    assertThat(explained("Table 'a$1' is gone")).endsWith("Table 'a$1' is gone");
  }

  private static String explained(String message) {
    return Failures.explain("writing", new SQLException(message, "23505")).getMessage();
  }
}
