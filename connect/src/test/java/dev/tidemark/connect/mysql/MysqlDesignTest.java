package dev.tidemark.connect.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.table.ColumnDefault;
import org.junit.jupiter.api.Test;

class MysqlDesignTest {

  private static ColumnDefault constant(String text) {
    return new ColumnDefault.Constant(text);
  }

  private static ColumnDefault mysql(DatabaseType server, String text, String extra) {
    return MysqlDesign.meaning(server, text, extra).orElseThrow();
  }

  @Test
  void readsDefaultsAsMysqlAndMariaDbPrintThem() {
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
}
