package dev.tidemark.connect.statement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.dialect.Dialects;
import dev.tidemark.connect.table.ColumnDefault;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.type.ColumnKind;
import dev.tidemark.connect.type.ColumnType;
import org.junit.jupiter.api.Test;

class DefaultClauseTest {

  private static ColumnDefault constant(String text) {
    return new ColumnDefault.Constant(text);
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
