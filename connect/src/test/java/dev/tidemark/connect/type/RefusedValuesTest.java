package dev.tidemark.connect.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.connect.configuration.DatabaseType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which values a type of another server refuses, as far as its length goes. */
class RefusedValuesTest {

  private static ColumnType mysql(String spelled) {
    return MysqlTypes.spelled(DatabaseType.MARIADB, spelled, spelled);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          text;text;-1;text;texts of more than 65,535 bytes
          text;text;-1;longtext;''
          text;text;-1;varchar(30);texts of more than 30 characters
          varchar;character varying(100);104;tinytext;texts of more than 255 bytes
          varchar;character varying(40);44;tinytext;''
          bytea;bytea;-1;blob;values of more than 65,535 bytes
          bytea;bytea;-1;longblob;''""")
  void ofPostgresql(String name, String spelled, int modifier, String target, String refused) {
    ColumnType source = PostgresTypes.of(name, spelled, modifier, "X", true);
    assertThat(RefusedValues.of(source, mysql(target))).isEqualTo(refused);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          text;text;''
          varchar(20);tinytext;''
          longtext;mediumtext;texts of more than 16,777,215 bytes
          mediumblob;blob;values of more than 65,535 bytes
          varbinary(20);tinyblob;''""")
  void ofMysql(String source, String target, String refused) {
    assertThat(RefusedValues.of(mysql(source), mysql(target))).isEqualTo(refused);
  }
}
