package dev.tidemark.connect.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.type.ColumnType;
import dev.tidemark.connect.type.MysqlTypes;
import dev.tidemark.connect.type.PostgresTypes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether each value of a type stays what it is in another. */
class WideningTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      textBlock =
          """
          int;bigint;true
          bigint;int;false
          int;int unsigned;false
          int unsigned;bigint;true
          int unsigned;bigint unsigned;true
          int unsigned;int;false
          bigint unsigned;bigint;false
          bigint unsigned;decimal(20,0);true
          tinyint;decimal(3,0);true
          int;decimal(12,4);false
          int;decimal(14,4);true
          int;varchar(40);false
          decimal(8,2);decimal(10,4);true
          decimal(8,2);decimal(10,2);true
          decimal(8,2);decimal(9,4);false
          decimal(8,2);decimal(8,1);false
          float;double;true
          double;float;false
          varchar(10);varchar(40);true
          varchar(40);varchar(10);false
          varchar(40);text;true
          varchar(400);tinytext;false
          text;longtext;true
          longtext;text;false
          char(10);varchar(40);false
          varchar(10);char(10);false
          varbinary(10);longblob;true
          longblob;varbinary(10);false
          enum('a','b');enum('b','c','a');true
          enum('a','b');enum('a','B');false
          enum('a','b');set('a','b');false
          set('a','b');set('a','c','b');true
          set('a','b');set('b','a');false
          enum('a','b');longtext;false
          varchar(10);enum('a','b');false
          binary(10);varbinary(40);false
          datetime;datetime(6);true
          datetime(6);datetime;false
          timestamp;datetime(6);false
          date;datetime(6);false
          time(3);time(6);true""")
  void isSafeOnMysql(String from, String to, boolean safe) {
    assertThat(Widening.isSafe(mysql(from), mysql(to))).isEqualTo(safe);
  }

  private static ColumnType mysql(String spelled) {
    return MysqlTypes.spelled(DatabaseType.MYSQL, spelled, spelled);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          int4;integer;-1;int8;bigint;-1;true
          int8;bigint;-1;int4;integer;-1;false
          int8;bigint;-1;numeric;numeric;-1;true
          numeric;numeric(8,2);524294;numeric;numeric;-1;true
          numeric;numeric;-1;numeric;numeric(8,2);524294;false
          float4;real;-1;float8;double precision;-1;true
          varchar;character varying(10);14;varchar;character varying(40);44;true
          varchar;character varying(10);14;text;text;-1;true
          text;text;-1;varchar;character varying(10);14;false
          bpchar;character(10);14;text;text;-1;false
          timestamp;timestamp(0) without time zone;0;timestamp;timestamp without time zone;-1;true
          timestamp;timestamp without time zone;-1;timestamptz;timestamp with time zone;-1;false
          money;money;-1;numeric;numeric;-1;false
          int2;smallint;-1;numeric;numeric(5,-2);329730;false
          numeric;numeric(5,0);327684;numeric;numeric(5,-2);329730;false
          numeric;numeric(5,-2);329730;numeric;numeric(8,0);524292;true
          uuid;uuid;-1;text;text;-1;false
          oid;oid;-1;int8;bigint;-1;false""")
  void isSafeOnPostgres(
      String name,
      String spelled,
      int modifier,
      String toName,
      String toSpelled,
      int toModifier,
      boolean safe) {
    assertThat(
            Widening.isSafe(
                PostgresTypes.of(name, spelled, modifier, "X", true),
                PostgresTypes.of(toName, toSpelled, toModifier, "X", true)))
        .isEqualTo(safe);
  }
}
