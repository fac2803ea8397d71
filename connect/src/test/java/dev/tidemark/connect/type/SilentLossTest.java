package dev.tidemark.connect.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.connect.configuration.DatabaseType;
import org.junit.jupiter.api.Test;

class SilentLossTest {

  private static ColumnType decimal(int precision, int scale) {
    return ColumnType.exact(ColumnKind.DECIMAL, precision, scale, "decimal");
  }

  private static ColumnType of(ColumnKind kind) {
    return ColumnType.of(kind, kind.name());
  }

  @Test
  void decimalsKeepTheirFractions() {
    assertThat(SilentLoss.of(decimal(10, 3), decimal(10, 2))).isEqualTo("fractions");
    assertThat(SilentLoss.of(decimal(10, 2), decimal(12, 2))).isNull();
    assertThat(SilentLoss.of(decimal(10, 2), decimal(0, 0))).isNull();
    assertThat(SilentLoss.of(decimal(0, 0), decimal(12, 2))).isEqualTo("fractions");
    assertThat(SilentLoss.of(decimal(0, 0), decimal(65, 30))).isNull();
    assertThat(SilentLoss.of(decimal(10, 2), of(ColumnKind.INT32))).isEqualTo("fractions");
    assertThat(SilentLoss.of(decimal(20, 0), of(ColumnKind.INT64))).isNull();
    assertThat(SilentLoss.of(decimal(10, 2), of(ColumnKind.FLOAT64))).isEqualTo("digits");
  }

  @Test
  void numbersKeepTheirDigits() {
    assertThat(SilentLoss.of(of(ColumnKind.INT32), of(ColumnKind.FLOAT32))).isEqualTo("digits");
    assertThat(SilentLoss.of(of(ColumnKind.INT32), of(ColumnKind.FLOAT64))).isNull();
    assertThat(SilentLoss.of(of(ColumnKind.INT64), of(ColumnKind.FLOAT64))).isEqualTo("digits");
    assertThat(SilentLoss.of(of(ColumnKind.FLOAT64), of(ColumnKind.FLOAT32))).isEqualTo("digits");
    assertThat(SilentLoss.of(of(ColumnKind.FLOAT32), decimal(12, 2))).isEqualTo("digits");
  }

  /** PostgreSQL rounds in front of the point too. */
  @Test
  void numbersKeepTheirLastDigits() {
    ColumnType hundreds = ColumnType.exact(ColumnKind.DECIMAL, 7, 0, "numeric(5,-2)");
    ColumnType thousands = ColumnType.exact(ColumnKind.DECIMAL, 8, 0, "numeric(5,-3)");
    assertThat(SilentLoss.of(of(ColumnKind.INT32), hundreds)).isEqualTo("digits");
    assertThat(SilentLoss.of(of(ColumnKind.BOOLEAN), hundreds)).isEqualTo("digits");
    assertThat(SilentLoss.of(decimal(7, 0), hundreds)).isEqualTo("digits");
    assertThat(SilentLoss.of(hundreds, thousands)).isEqualTo("digits");
    assertThat(SilentLoss.of(thousands, hundreds)).isNull();
    assertThat(SilentLoss.of(hundreds, hundreds)).isNull();
    assertThat(SilentLoss.of(hundreds, decimal(7, 0))).isNull();
  }

  private static ColumnType postgres(String name, String spelled, int modifier) {
    return PostgresTypes.of(name, spelled, modifier, "T", true);
  }

  @Test
  void intervalsKeepTheirFractionsAndUnits() {
    ColumnType interval = postgres("interval", "interval", -1);
    ColumnType seconds = postgres("interval", "interval(0)", 0x7fff0000);
    ColumnType hours = postgres("interval", "interval day to hour", 0x408ffff);
    ColumnType tenths = postgres("interval", "interval minute to second(1)", 0x18000001);
    assertThat(SilentLoss.of(interval, interval)).isNull();
    assertThat(SilentLoss.of(interval, seconds)).isEqualTo("fractions of seconds");
    assertThat(SilentLoss.of(tenths, seconds)).isEqualTo("fractions of seconds");
    assertThat(SilentLoss.of(seconds, tenths)).isNull();
    assertThat(SilentLoss.of(interval, hours)).isEqualTo("smaller units");
    assertThat(SilentLoss.of(hours, seconds)).isNull();
    assertThat(SilentLoss.of(hours, hours)).isNull();
    assertThat(SilentLoss.of(interval, of(ColumnKind.TEXT))).isNull();
    ColumnType time = ColumnType.exact(ColumnKind.TIME, 6, 0, "time(6)");
    assertThat(SilentLoss.of(time, interval)).isNull();
    assertThat(SilentLoss.of(time, seconds)).isEqualTo("fractions of seconds");
    assertThat(SilentLoss.of(time, hours)).isEqualTo("smaller units");
  }

  @Test
  void timesWithAZoneKeepTheirFractions() {
    ColumnType micros = postgres("timetz", "time with time zone", -1);
    ColumnType seconds = postgres("timetz", "time(0) with time zone", 0);
    assertThat(SilentLoss.of(micros, seconds)).isEqualTo("fractions of seconds");
    assertThat(SilentLoss.of(seconds, micros)).isNull();
    assertThat(SilentLoss.of(micros, ColumnType.exact(ColumnKind.TIME, 6, 0, "time")))
        .isEqualTo("the time zone");
  }

  @Test
  void timesKeepTheirFractionsAndDays() {
    ColumnType micros = ColumnType.exact(ColumnKind.TIMESTAMP, 6, 0, "datetime(6)");
    ColumnType seconds = ColumnType.exact(ColumnKind.TIMESTAMP, 0, 0, "datetime");
    assertThat(SilentLoss.of(micros, seconds)).isEqualTo("fractions of seconds");
    assertThat(SilentLoss.of(seconds, micros)).isNull();
    assertThat(SilentLoss.of(micros, of(ColumnKind.DATE))).isEqualTo("the time of day");
  }

  @Test
  void textsKeepTheirSpelling() {
    ColumnType text = of(ColumnKind.TEXT);
    assertThat(SilentLoss.of(of(ColumnKind.INT16), ColumnType.of(ColumnKind.INT16, "year")))
        .isEqualTo("the spelling");
    assertThat(SilentLoss.of(text, of(ColumnKind.UUID))).isNull();
  }

  private static ColumnType listed(String spelled) {
    return ColumnType.of(ColumnKind.TEXT, spelled).on(DatabaseType.MYSQL);
  }

  @Test
  void membersKeepTheirSpelling() {
    ColumnType small = listed("enum('b','a')");
    ColumnType large = listed("enum('a','it''s','x,y','b')");
    assertThat(SilentLoss.of(of(ColumnKind.TEXT), small)).isEqualTo("the spelling");
    assertThat(SilentLoss.of(ColumnType.of(ColumnKind.OTHER, "enum"), small))
        .isEqualTo("the spelling");
    assertThat(SilentLoss.of(small, large)).isNull();
    assertThat(SilentLoss.of(small, large.on(DatabaseType.MARIADB))).isNull();
    assertThat(SilentLoss.of(large, small)).isEqualTo("the spelling");
    assertThat(SilentLoss.of(listed("enum('x')"), large)).isEqualTo("the spelling");
    assertThat(SilentLoss.of(listed("enum('A')"), small)).isEqualTo("the spelling");
    assertThat(SilentLoss.of(listed("enum('0','1')"), listed("enum('N','Y')")))
        .isEqualTo("the spelling");
    assertThat(SilentLoss.of(small, listed("set('a','b')"))).isEqualTo("the spelling");
  }

  /** The text of a set has its members in the order of the list. */
  @Test
  void setsKeepTheOrderOfTheirMembers() {
    ColumnType set = listed("set('a','b')");
    assertThat(SilentLoss.of(of(ColumnKind.TEXT), set)).isEqualTo("the spelling");
    assertThat(SilentLoss.of(set, listed("set('0','a','x','b')"))).isNull();
    assertThat(SilentLoss.of(set, listed("set('b','a')"))).isEqualTo("the spelling");
    assertThat(SilentLoss.of(set, listed("set('b')"))).isEqualTo("the spelling");
  }

  @Test
  void bytesKeepTheirLength() {
    ColumnType fixed = ColumnType.sized(ColumnKind.BYTES, 16, "binary(16)");
    ColumnType open = of(ColumnKind.BYTES);
    assertThat(SilentLoss.of(open, fixed)).isEqualTo("its length");
    assertThat(SilentLoss.of(fixed, fixed)).isNull();
    assertThat(Obstacle.of(open, of(ColumnKind.TEXT))).isNotNull();
  }
}
