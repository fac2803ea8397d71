package dev.tidemark.connect.type;

import static org.assertj.core.api.Assertions.assertThat;

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
    ColumnType small = ColumnType.of(ColumnKind.TEXT, "enum('a','b')");
    ColumnType large = ColumnType.of(ColumnKind.TEXT, "enum('a','b','c')");
    assertThat(SilentLoss.of(text, of(ColumnKind.INT32))).isEqualTo("the spelling");
    assertThat(SilentLoss.of(text, decimal(12, 2))).isEqualTo("the spelling");
    assertThat(SilentLoss.of(text, small)).isEqualTo("the spelling");
    assertThat(SilentLoss.of(small, large)).isNull();
    assertThat(SilentLoss.of(text, ColumnType.of(ColumnKind.TEXT, "set('a','b')")))
        .isEqualTo("the spelling");
    assertThat(SilentLoss.of(of(ColumnKind.INT16), ColumnType.of(ColumnKind.INT16, "year")))
        .isEqualTo("the spelling");
    assertThat(SilentLoss.of(text, of(ColumnKind.UUID))).isNull();
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
