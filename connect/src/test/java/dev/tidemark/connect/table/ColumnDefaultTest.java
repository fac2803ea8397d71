package dev.tidemark.connect.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.connect.configuration.DatabaseType;
import org.junit.jupiter.api.Test;

class ColumnDefaultTest {

  private static ColumnDefault constant(String text) {
    return new ColumnDefault.Constant(text);
  }

  private static ColumnDefault postgres(String expression) {
    return PostgresDesign.meaning(expression).orElseThrow();
  }

  private static ColumnDefault mysql(DatabaseType server, String text, String extra) {
    return MysqlDesign.meaning(server, text, extra).orElseThrow();
  }

  @Test
  void isReadFromWhatPostgresPrints() {
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

  @Test
  void isReadFromWhatMysqlAndMariaDbPrint() {
    DatabaseType mysql = DatabaseType.MYSQL;
    DatabaseType mariaDb = DatabaseType.MARIADB;
    assertThat(mysql(mysql, "now()", "")).isEqualTo(constant("now()"));
    assertThat(mysql(mysql, "CURRENT_TIMESTAMP(6)", "default_generated"))
        .isEqualTo(new ColumnDefault.Now());
    assertThat(mysql(mysql, "b'101'", "")).isEqualTo(constant("101"));
    assertThat(mysql(mysql, "_utf8mb4\\'-\\'", "default_generated")).isEqualTo(constant("-"));
    assertThat(mysql(mysql, "uuid()", "default_generated"))
        .isInstanceOf(ColumnDefault.Foreign.class);
    assertThat(mysql(mariaDb, "'it''s'", "")).isEqualTo(constant("it's"));
    assertThat(mysql(mariaDb, "1.50", "")).isEqualTo(constant("1.50"));
    assertThat(mysql(mariaDb, "current_timestamp(6)", "")).isEqualTo(new ColumnDefault.Now());
    assertThat(mysql(mariaDb, "uuid()", "")).isInstanceOf(ColumnDefault.Foreign.class);
    assertThat(MysqlDesign.meaning(mariaDb, "NULL", "")).isEmpty();
    assertThat(MysqlDesign.meaning(mysql, null, "")).isEmpty();
  }

  @Test
  void isLeftOutWhereTheOtherServerHasNoSuchValue() {
    Dialect mysql = Dialects.of(DatabaseType.MYSQL);
    ColumnType date = ColumnType.of(ColumnKind.DATE, "date").on(DatabaseType.POSTGRESQL);
    ColumnType there = ColumnType.of(ColumnKind.DATE, "date").on(DatabaseType.MYSQL);
    assertThat(DefaultClause.mysql(mysql, constant("2024-02-29"), date, there))
        .contains("'2024-02-29'");
    assertThat(DefaultClause.mysql(mysql, constant("infinity"), date, there)).isEmpty();
    Dialect postgres = Dialects.of(DatabaseType.POSTGRESQL);
    assertThat(DefaultClause.postgres(postgres, constant("0000-00-00"), there, date)).isEmpty();
  }
}
