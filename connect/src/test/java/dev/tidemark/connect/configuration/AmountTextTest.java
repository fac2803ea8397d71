package dev.tidemark.connect.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTextTest {

  @ParameterizedTest
  @CsvSource({"7, 7", "5000000, 5000000", "5_000_000, 5000000", "1_000, 1000"})
  void readsNumbers(String text, long number) {
    assertThat(AmountText.number(text)).hasValue(number);
    assertThat(AmountText.bytes(text)).hasValue(number);
  }

  @ParameterizedTest
  @CsvSource({"20MB, 20000000", "512kB, 512000", "1GB, 1000000000", "1_500kB, 1500000"})
  void readsBytes(String text, long bytes) {
    assertThat(AmountText.bytes(text)).hasValue(bytes);
    assertThat(AmountText.number(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "MB", "-1", "1.5MB", "20 MB", "20mb", "5_00", "_5", "1__000", "20MiB"})
  void refusesTheRest(String text) {
    assertThat(AmountText.bytes(text)).isEmpty();
    assertThat(AmountText.number(text)).isEmpty();
  }
}
