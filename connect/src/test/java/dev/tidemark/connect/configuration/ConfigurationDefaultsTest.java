package dev.tidemark.connect.configuration;

import static dev.tidemark.connect.configuration.Reader.BATCH;
import static dev.tidemark.connect.configuration.Reader.CONNECTIONS;
import static dev.tidemark.connect.configuration.Reader.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds where the file says nothing. */
class ConfigurationDefaultsTest {

  @Test
  void ofConnections() {
    assertThat(read(CONNECTIONS).connections().values())
        .containsExactly(
            new ConnectionConfiguration(
                "shop",
                DatabaseType.POSTGRESQL,
                "jdbc:postgresql://db1:5432/shop",
                null,
                null,
                "public",
                8,
                false),
            new ConnectionConfiguration(
                "dashboard",
                DatabaseType.MARIADB,
                "jdbc:mariadb://db2:3306/dashboard",
                null,
                null,
                "dashboard",
                8,
                false));
  }

  @Test
  void ofBatches() {
    assertThat(
            read(BATCH + "    sources: [shop]\n    target: dashboard\n").batches().get("branches"))
        .isEqualTo(
            new BatchConfiguration(
                "branches",
                List.of(new SourceConfiguration("shop", Map.of())),
                "dashboard",
                List.of("*"),
                List.of(),
                Map.of(),
                CopyConfiguration.DEFAULT,
                4,
                2,
                new RetryConfiguration(8, Duration.ofSeconds(1), Duration.ofMinutes(1), 2.0),
                false,
                true));
  }

  @Test
  void ofTheZoneOfTimesWhichATableMayGoWithout() {
    String yaml =
        BATCH
            + """
                sources: [shop]
                target: dashboard
                mode: incremental
                change-column: changed
                change-zone: Asia/Jakarta
                table:
                  orders: {change-zone: none}
                  items: {chunk-rows: 5}
                  stock: {change-zone: Asia/Makassar}
            """;
    Map<String, TableConfiguration> tables =
        Objects.requireNonNull(read(yaml).batches().get("branches")).tableConfigurations();
    assertThat(tables.get("orders")).extracting(table -> table.copy().changeZone()).isNull();
    assertThat(tables.get("items"))
        .extracting(table -> table.copy().changeZone())
        .isEqualTo(ZoneId.of("Asia/Jakarta"));
    assertThat(tables.get("stock"))
        .extracting(table -> table.copy().changeZone())
        .isEqualTo(ZoneId.of("Asia/Makassar"));
  }

  @Test
  void ofTables() {
    String yaml =
        BATCH
            + """
                sources: [shop]
                target: dashboard
                table: {orders: {key: id}}
            """;
    assertThat(Objects.requireNonNull(read(yaml).batches().get("branches")).tableConfigurations())
        .containsExactly(
            Map.entry(
                "orders",
                new TableConfiguration(
                    null,
                    List.of("id"),
                    List.of(),
                    List.of(),
                    Map.of(),
                    Map.of(),
                    null,
                    Map.of(),
                    Map.of(),
                    CopyConfiguration.DEFAULT)));
  }

  @Test
  void ofTheControlDatabase() {
    assertThat(read(CONNECTIONS).control())
        .isEqualTo(
            new ControlConfiguration(
                new ConnectionConfiguration(
                    "control",
                    DatabaseType.POSTGRESQL,
                    "jdbc:postgresql://127.0.0.1:5432/tidemark",
                    "tidemark",
                    null,
                    "public",
                    8,
                    false),
                Duration.ofDays(30)));
  }

  @Test
  void ofTemporal() {
    TemporalConfiguration expected =
        new TemporalConfiguration("127.0.0.1:7233", "default", false, null, null, null, null, null);
    assertThat(read(CONNECTIONS).temporal()).isEqualTo(expected);
    assertThat(read(CONNECTIONS + "temporal: {namespace: default}\n").temporal())
        .isEqualTo(expected);
    assertThat(TemporalConfiguration.DEFAULT).isEqualTo(expected);
  }

  @Test
  void temporalSpeaksTlsWhenItHasAnApiKey() {
    assertThat(read(CONNECTIONS + "temporal: {api-key: k}\n").temporal().tls()).isTrue();
  }

  @Test
  void ofTheWorker() {
    WorkerConfiguration expected = new WorkerConfiguration("tidemark-control", "tidemark-bulk", 16);
    assertThat(read(CONNECTIONS).worker()).isEqualTo(expected);
    assertThat(read(CONNECTIONS + "worker: {parallel-tables: 16}\n").worker()).isEqualTo(expected);
  }

  @Test
  void ofTheApi() {
    ApiConfiguration expected = new ApiConfiguration("127.0.0.1", 8080, List.of());
    assertThat(read(CONNECTIONS).api()).isEqualTo(expected);
    assertThat(read(CONNECTIONS + "api: {port: 8080}\n").api()).isEqualTo(expected);
  }

  @Test
  void ofNotifications() {
    assertThat(read(CONNECTIONS).notifications()).isEmpty();
    assertThat(
            read(CONNECTIONS + "notifications: [{type: email, host: h, from: a@b, to: c@d}]\n")
                .notifications())
        .containsExactly(
            new NotificationConfiguration.Email(
                "h",
                587,
                true,
                null,
                null,
                "a@b",
                List.of("c@d"),
                new NotificationRule(
                    Set.of("failed", "interrupted", "differs"),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    null,
                    false,
                    null)));
  }
}
