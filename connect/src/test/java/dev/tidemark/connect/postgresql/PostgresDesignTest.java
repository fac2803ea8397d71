package dev.tidemark.connect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.connect.table.ColumnDefault;
import org.junit.jupiter.api.Test;

class PostgresDesignTest {

  private static ColumnDefault constant(String text) {
    return new ColumnDefault.Constant(text);
  }

  private static ColumnDefault postgres(String expression) {
    return PostgresDesign.meaning(expression).orElseThrow();
  }

  @Test
  void readsDefaultsAsPostgresPrintsThem() {
    assertThat(postgres("'it''s'::character varying")).isEqualTo(constant("it's"));
    assertThat(postgres("E'a\\\\b''c'::text")).isEqualTo(constant("a\\b'c"));
    assertThat(postgres("'-1'::integer")).isEqualTo(constant("-1"));
    assertThat(postgres("(-1.50)")).isEqualTo(constant("-1.50"));
    assertThat(postgres("true")).isEqualTo(constant("1"));
    assertThat(postgres("now()")).isEqualTo(new ColumnDefault.Now());
    assertThat(postgres("CURRENT_TIMESTAMP(3)")).isEqualTo(new ColumnDefault.Now());
    assertThat(postgres("nextval('item_id_seq'::regclass)"))
        .isInstanceOf(ColumnDefault.Foreign.class);
    assertThat(postgres("('a'::text || 'b'::text)")).isInstanceOf(ColumnDefault.Foreign.class);
    assertThat(PostgresDesign.meaning("NULL::text")).isEmpty();
  }
}
