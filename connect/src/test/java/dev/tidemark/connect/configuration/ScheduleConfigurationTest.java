package dev.tidemark.connect.configuration;

import static dev.tidemark.connect.configuration.Reader.BATCH;
import static dev.tidemark.connect.configuration.Reader.mistake;
import static dev.tidemark.connect.configuration.Reader.mistakes;
import static dev.tidemark.connect.configuration.Reader.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleConfigurationTest {

  private static final String FILE =
      BATCH
          + """
              sources: [shop]
              target: dashboard
              tables: [orders, "c_*"]
          schedules:
          """;

  @Test
  void readsEverythingThatAScheduleMaySay() {
    String yaml =
        FILE
            + """
              nightly:
                batch: branches
                connections: shop
                tables: [orders]
                cron: ["30 2 * * mon-fri", "0 4 * * sat,sun # later"]
                every: 6h
                offset: 15m
                time-zone: Asia/Jakarta
                overlap: buffer-one
                jitter: 90s
                catch-up: 2h
                start: 2026-12-01T00:00:00Z
                end: 2027-12-01T00:00:00Z
                paused: true
                pause-on-failure: true
                note: after the books are closed
            """;
    assertThat(read(yaml).schedules())
        .containsExactly(
            Map.entry(
                "nightly",
                new ScheduleConfiguration(
                    "nightly",
                    "branches",
                    List.of("shop"),
                    List.of("orders"),
                    List.of("30 2 * * mon-fri", "0 4 * * sat,sun # later"),
                    Duration.ofHours(6),
                    Duration.ofMinutes(15),
                    ZoneId.of("Asia/Jakarta"),
                    Overlap.BUFFER_ONE,
                    Duration.ofSeconds(90),
                    Duration.ofHours(2),
                    Instant.parse("2026-12-01T00:00:00Z"),
                    Instant.parse("2027-12-01T00:00:00Z"),
                    true,
                    true,
                    "after the books are closed")));
  }

  @Test
  void theSettingsSayTheSameInTheWordsOfTheFile() {
    ScheduleConfiguration read = schedule("every: 90m\noffset: 1m\ncatch-up: 36h\noverlap: skip");
    assertThat(read.settings())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "every", "90m",
                "offset", "1m",
                "time-zone", "UTC",
                "overlap", "skip",
                "catch-up", "36h",
                "paused", false,
                "pause-on-failure", false));
  }

  @Test
  void whatHoldsWhereTheFileSaysNothing() {
    assertThat(schedule("cron: '@daily'"))
        .isEqualTo(
            new ScheduleConfiguration(
                "s",
                "branches",
                List.of(),
                List.of(),
                List.of("@daily"),
                null,
                Duration.ZERO,
                ZoneId.of("UTC"),
                Overlap.SKIP,
                null,
                Duration.ofDays(1),
                null,
                null,
                false,
                false,
                null));
    assertThat(read(BATCH + "    sources: [shop]\n    target: dashboard\n").schedules()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 2 * * *",
        "*/15 8-17 * * mon-fri",
        "0 0 1,15 JAN-june/2 *",
        "5/10 * * * 7",
        "0 12 * * su 2026-2030",
        "30 0 12 * * Wednes *",
        "0 0 29 2 *",
        "@hourly",
        "@annually",
        "0 2 * * * # nightly"
      })
  void readsTheTimesThatTemporalReads(String cron) {
    assertThat(schedule("cron: \"" + cron + "\"").cron()).containsExactly(cron);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 2 * *",
        "0 0 2 * * * 2026 1",
        "60 * * * *",
        "0 24 * * *",
        "0 0 0 * *",
        "0 0 * 13 *",
        "0 0 * ja *",
        "0 0 * * 8",
        "0 0 * * m",
        "0 0 * * * 1999",
        "5-1 * * * *",
        "1-2-3 * * * *",
        "*/0 * * * *",
        "*/x * * * *",
        "1/2/3 * * * *",
        "1,,2 * * * *",
        "@noon",
        "0 0 30 2 *",
        "0 0 31 4,6 *",
        "@every 5m",
        "CRON_TZ=Asia/Jakarta 0 2 * * *"
      })
  void refusesTimesThatTemporalWouldRefuseOrThatNeverCome(String cron) {
    Mistake mistake = only("cron: \"" + cron + "\"");
    assertThat(mistake.path()).isEqualTo("schedules.s.cron");
    assertThat(mistake.found()).contains(cron);
  }

  @Test
  void saysWhichPlaceOfTheTimesIsWrong() {
    assertThat(only("cron: 0 24 * * *").allowed())
        .startsWith("hour from 0 to 23 in the place of 24;");
    assertThat(only("cron: '@every 5m'").allowed()).contains("under the key every");
    assertThat(only("cron: 'TZ=UTC 0 2 * * *'").allowed()).contains("time-zone");
    assertThat(mistake(FILE + "  s: {batch: branches, cron: ['@daily', x]}\n").path())
        .isEqualTo("schedules.s.cron[1]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "every: 500ms | every | at least 1s",
        "every: 1h\\noffset: 1h | offset | less than every",
        "cron: '@daily'\\noffset: 1h | offset | offset beside every",
        "note: x | cron | cron or every",
        "cron: '@daily'\\ntime-zone: Asia/Surabaya | time-zone | the name of a time zone",
        "cron: '@daily'\\ntime-zone: UTC+7 | time-zone | the name of a time zone",
        "cron: '@daily'\\noverlap: queue | overlap | skip, buffer-one, buffer-all, cancel-other",
        "cron: '@daily'\\ncatch-up: 5s | catch-up | at least 10s",
        "cron: '@daily'\\nstart: 2026-12-01 | start | a time with its offset",
        "cron: '@daily'\\nstart: 2026-12-01T00:00:00Z\\nend: 2026-11-01T00:00:00Z | end | after start",
        "cron: '@daily'\\nconnections: dashboard | connections[0] | its sources are shop",
        "cron: '@daily'\\ntables: m_product | tables[0] | it takes orders, c_*",
        "cron: []  | cron | minute hour",
        "cron: '@daily'\\npaused: maybe | paused | true or false"
      })
  void namesEveryOtherMistake(String lines, String key, String allowed) {
    Mistake mistake = only(lines.replace("\\n", "\n"));
    assertThat(mistake.path()).isEqualTo("schedules.s." + key);
    assertThat(mistake.allowed()).contains(allowed);
  }

  @Test
  void aBatchHasToBeThere() {
    String two =
        FILE.replace("schedules:", "  other: {sources: [shop], target: dashboard}\nschedules:");
    assertThat(mistake(two + "  s: {cron: '@daily'}\n").allowed())
        .contains("branches, other (required)");
    assertThat(mistake(FILE + "  s: {batch: branch, cron: '@daily'}\n"))
        .satisfies(
            mistake -> {
              assertThat(mistake.path()).isEqualTo("schedules.s.batch");
              assertThat(mistake.allowed()).isEqualTo("a batch: branches");
            });
    assertThat(mistakes(FILE + "  s:\n  'a b': {batch: branches, every: 1h, crno: x}\n"))
        .extracting(Mistake::path)
        .containsExactly("schedules.s", "schedules.a b.crno", "schedules.a b");
  }

  @Test
  void whatIsAskedOfTheApiIsReadByTheSameRulesWithoutTheEnvironment() {
    Map<String, BatchConfiguration> batches =
        read(FILE + "  s: {batch: branches, every: 1h}\n").batches();
    ScheduleConfiguration asked =
        new AskedSchedule(batches)
            .read("x", Map.of("batch", "branches", "every", "5m", "note", "${HOME}"));
    assertThat(asked.note()).isEqualTo("${HOME}");

    ConfigurationException refused =
        catchThrowableOfType(
            ConfigurationException.class,
            () ->
                new AskedSchedule(batches)
                    .read("x", Map.of("batch", "branches", "cron", List.of("0 2 * * *", "noon"))));
    assertThat(refused.mistakes()).extracting(Mistake::path).containsExactly("cron[1]");
  }

  private static ScheduleConfiguration schedule(String lines) {
    return Objects.requireNonNull(read(file(lines)).schedules().get("s"));
  }

  private static Mistake only(String lines) {
    return mistake(file(lines));
  }

  private static String file(String lines) {
    return FILE + "  s:\n    batch: branches\n" + lines.strip().indent(4);
  }
}
