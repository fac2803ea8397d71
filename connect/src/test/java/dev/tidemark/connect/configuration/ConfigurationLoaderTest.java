package dev.tidemark.connect.configuration;

import static dev.tidemark.connect.configuration.Reader.BATCH;
import static dev.tidemark.connect.configuration.Reader.CONNECTIONS;
import static dev.tidemark.connect.configuration.Reader.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationLoaderTest {

  @Test
  void bindsEveryKey() {
    TidemarkConfiguration configuration =
        read(
            """
            connections:
              pgsql_lmp:
                type: postgresql
                host: lmp.example.com
                port: 5433
                database: lmp
                username: reader
                password: ${LMP_PASSWORD}
                schema: adempiere
                pool-size: 3
                read-only: true
                limits: {rows-per-second: 5_000_000, bytes-per-second: 20MB}
                mask-key: "${MASK_KEY}"
              dashboard:
                type: mariadb
                url: jdbc:mariadb://db.example.com:3307/dashboard?sslMode=REQUIRED
                username: writer
                password: "007"
            batches:
              branches:
                sources:
                  - connection: pgsql_lmp
                    constants: {branch: lmp, region: 01}
                target: dashboard
                tables: [ad_org, CInvoice, "public.c_*"]
                exclude-tables: c_temp
                table:
                  c_invoice:
                    target: invoices
                    key: [c_invoice_id]
                    include: [c_invoice_id, total]
                    exclude: [secret]
                    rename: {total: amount}
                    constants: {origin: erp}
                    filter: total > 0
                    mask: {customer: hash}
                    cast: {total: "decimal(12,2)"}
                    lossy: allow
                    mode: diff
                    deletes: hard
                    chunk-rows: 50000
                    parallel-ranges: 2
                    dead-letters: 7
                mode: incremental
                change-column: updated_at
                change-zone: Asia/Jakarta
                deleted-column: gone_at
                parallel-ranges: 6
                dead-letters: 100
                widen-tables: true
                chunk-rows: 1000
                parallel-tables: 6
                parallel-tables-per-connection: 3
                retry: {maximum-attempts: 9, initial-interval: 500ms, maximum-interval: 5m, backoff-coefficient: 1.5}
                when-busy: refuse
                create-missing-tables: false
                verify: true
            control:
              url: jdbc:postgresql://control.example.com/tidemark
              username: tidemark
              password: ${CONTROL_PASSWORD}
              schema: tide
              pool-size: 4
              retention: 7d
            temporal:
              address: temporal.example.com:7233
              namespace: sync
              tls: true
              certificate: client.pem
              certificate-key: client.key
              server-ca: ca.pem
              api-key: ${TEMPORAL_KEY}
              ui: https://temporal.example.com
            worker: {control-task-queue: c, bulk-task-queue: b, parallel-tables: 32}
            api:
              host: 0.0.0.0
              port: 0
              keys: [{name: ci, role: operator, key: "${CI_KEY}"}]
            notifications:
              - {type: webhook, url: "https://example.com/hook", secret: "${HOOK}", on: [failed, completed]}
              - {type: slack, url: "https://hooks.example.com/T/B"}
              - {type: email, host: smtp.example.com, port: 25, tls: false, username: u, password: p,
                 from: tidemark@example.com, to: [a@example.com, b@example.com], on: interrupted}
            """,
            Map.of(
                "LMP_PASSWORD", "p:#'\"",
                "CONTROL_PASSWORD", "c",
                "TEMPORAL_KEY", "t",
                "CI_KEY", "0123456789abcdef",
                "HOOK", "h",
                "MASK_KEY", "the key of the shops"));

    assertThat(configuration.connections())
        .containsExactly(
            Map.entry(
                "pgsql_lmp",
                new ConnectionConfiguration(
                    "pgsql_lmp",
                    DatabaseType.POSTGRESQL,
                    "jdbc:postgresql://lmp.example.com:5433/lmp",
                    "reader",
                    "p:#'\"",
                    "adempiere",
                    3,
                    true,
                    new ConnectionLimits(5_000_000, 20_000_000),
                    "the key of the shops")),
            Map.entry(
                "dashboard",
                new ConnectionConfiguration(
                    "dashboard",
                    DatabaseType.MARIADB,
                    "jdbc:mariadb://db.example.com:3307/dashboard?sslMode=REQUIRED",
                    "writer",
                    "007",
                    "dashboard",
                    8,
                    false)));
    assertThat(configuration.batches())
        .containsExactly(
            Map.entry(
                "branches",
                new BatchConfiguration(
                    "branches",
                    List.of(
                        new SourceConfiguration(
                            "pgsql_lmp", Map.of("branch", "lmp", "region", "01"))),
                    "dashboard",
                    List.of("ad_org", "CInvoice", "public.c_*"),
                    List.of("c_temp"),
                    Map.of(
                        "c_invoice",
                        new TableConfiguration(
                            "invoices",
                            List.of("c_invoice_id"),
                            List.of("c_invoice_id", "total"),
                            List.of("secret"),
                            Map.of("total", "amount"),
                            Map.of("origin", "erp"),
                            "total > 0",
                            Map.of("customer", "hash"),
                            Map.of("total", "decimal(12,2)"),
                            new CopyConfiguration(
                                SyncMode.DIFF,
                                "updated_at",
                                ZoneId.of("Asia/Jakarta"),
                                Deletes.HARD,
                                "gone_at",
                                50_000,
                                2,
                                7,
                                true,
                                true))),
                    new CopyConfiguration(
                        SyncMode.INCREMENTAL,
                        "updated_at",
                        ZoneId.of("Asia/Jakarta"),
                        Deletes.IGNORE,
                        "gone_at",
                        1000,
                        6,
                        100,
                        true,
                        false),
                    6,
                    3,
                    new RetryConfiguration(9, Duration.ofMillis(500), Duration.ofMinutes(5), 1.5),
                    true,
                    false,
                    true)));
    assertThat(configuration.control())
        .isEqualTo(
            new ControlConfiguration(
                new ConnectionConfiguration(
                    "control",
                    DatabaseType.POSTGRESQL,
                    "jdbc:postgresql://control.example.com/tidemark",
                    "tidemark",
                    "c",
                    "tide",
                    4,
                    false),
                Duration.ofDays(7)));
    assertThat(configuration.temporal())
        .isEqualTo(
            new TemporalConfiguration(
                "temporal.example.com:7233",
                "sync",
                true,
                Path.of("client.pem"),
                Path.of("client.key"),
                Path.of("ca.pem"),
                "t",
                URI.create("https://temporal.example.com")));
    assertThat(configuration.worker()).isEqualTo(new WorkerConfiguration("c", "b", 32));
    assertThat(configuration.api())
        .isEqualTo(
            new ApiConfiguration(
                "0.0.0.0",
                0,
                List.of(new ApiKeyConfiguration("ci", Role.OPERATOR, "0123456789abcdef"))));
    assertThat(configuration.notifications())
        .containsExactly(
            new NotificationConfiguration.Webhook(
                URI.create("https://example.com/hook"),
                "h",
                NotificationRule.of(Set.of("failed", "completed"))),
            new NotificationConfiguration.Slack(
                URI.create("https://hooks.example.com/T/B"),
                NotificationRule.of(NotificationRule.DEFAULT_ON)),
            new NotificationConfiguration.Email(
                "smtp.example.com",
                25,
                false,
                "u",
                "p",
                "tidemark@example.com",
                List.of("a@example.com", "b@example.com"),
                NotificationRule.of(Set.of("interrupted"))));
  }

  @Test
  void keepsTheOrderOfTheFile() {
    StringBuilder yaml = new StringBuilder("connections:\n");
    for (int i = 40; i > 0; i--) {
      yaml.append("  c").append(i).append(": {type: mysql, host: h, database: d").append(i);
      yaml.append("}\n");
    }
    assertThat(read(yaml.toString()).connections().keySet()).first().isEqualTo("c40");
    assertThat(List.copyOf(read(yaml.toString()).connections().keySet()).get(38)).isEqualTo("c2");
  }

  @Test
  void aPlainStringIsASourceWithoutConstants() {
    assertThat(batch("    sources: [shop]\n    target: dashboard\n").sources())
        .containsExactly(new SourceConfiguration("shop", Map.of()));
    assertThat(batch("    sources: shop\n    target: dashboard\n").sources())
        .containsExactly(new SourceConfiguration("shop", Map.of()));
  }

  @Test
  void aConstantKeepsItsText() {
    assertThat(
            batch(
                    """
                        sources: [{connection: shop, constants: {a: no, b: 007, c: 1.10, d: ""}}]
                        target: dashboard
                    """)
                .sources()
                .getFirst()
                .constants())
        .containsExactly(
            Map.entry("a", "no"),
            Map.entry("b", "007"),
            Map.entry("c", "1.10"),
            Map.entry("d", ""));
  }

  @Test
  void numbersAndFlagsMayComeFromTheEnvironment() {
    ConnectionConfiguration connection =
        connection(
            "{type: mysql, host: '${H:localhost}', port: '${P}', database: d, read-only: '${R:true}'}",
            Map.of("P", "3310"));
    assertThat(connection.jdbcUrl()).isEqualTo("jdbc:mysql://localhost:3310/d");
    assertThat(connection.readOnly()).isTrue();
  }

  @Test
  void anEmptyValueIsAsIfTheKeyWereAbsent() {
    ConnectionConfiguration connection =
        connection(
            "{type: mysql, host: h, port:, database: d, username: u, password: \"${PW:}\"}",
            Map.of());
    assertThat(connection.password()).isNull();
    assertThat(connection.jdbcUrl()).isEqualTo("jdbc:mysql://h:3306/d");
  }

  @Test
  void theUrlTellsTheTypeAndTheSchema() {
    ConnectionConfiguration mysql =
        connection("{url: \"jdbc:mysql://h/my%20shop?useSSL=true\"}", Map.of());
    assertThat(mysql.type()).isEqualTo(DatabaseType.MYSQL);
    assertThat(mysql.schema()).isEqualTo("my shop");
    ConnectionConfiguration postgresql =
        connection("{url: \"jdbc:postgresql://h1,h2:5433/shop\"}", Map.of());
    assertThat(postgresql.type()).isEqualTo(DatabaseType.POSTGRESQL);
    assertThat(postgresql.schema()).isEqualTo("public");
  }

  @Test
  void connectorJsOwnSchemeServesForMariaDb() {
    assertThat(connection("{type: mariadb, url: \"jdbc:mysql://h/d\"}", Map.of()).type())
        .isEqualTo(DatabaseType.MARIADB);
  }

  @Test
  void anAddressOfIpVersion6StandsInBrackets() {
    assertThat(connection("{type: mysql, host: \"::1\", database: d}", Map.of()).jdbcUrl())
        .isEqualTo("jdbc:mysql://[::1]:3306/d");
  }

  @Test
  void anchorsAndMergesSpareRepetition() {
    TidemarkConfiguration configuration =
        read(
            """
            x-branch: &branch {type: postgresql, database: erp, username: reader, read-only: true}
            connections:
              lmp: {<<: *branch, host: lmp}
              sby: {host: sby, <<: *branch, database: other}
            """);
    assertThat(configuration.connections().values())
        .extracting(ConnectionConfiguration::jdbcUrl)
        .containsExactly("jdbc:postgresql://lmp:5432/erp", "jdbc:postgresql://sby:5432/other");
    assertThat(configuration.connections().values())
        .allMatch(ConnectionConfiguration::readOnly)
        .extracting(ConnectionConfiguration::username)
        .containsOnly("reader");
  }

  @Test
  void theEnvironmentNamesServersThatTheFileDoesNot() {
    TidemarkConfiguration configuration =
        read(
            CONNECTIONS,
            Map.of(
                "TIDEMARK_CONTROL_URL", "jdbc:postgresql://127.0.0.1:40001/control",
                "TIDEMARK_CONTROL_USERNAME", "postgres",
                "TIDEMARK_CONTROL_PASSWORD", "secret",
                "TIDEMARK_TEMPORAL_ADDRESS", "127.0.0.1:40002",
                "TIDEMARK_TEMPORAL_UI", "http://127.0.0.1:40003"));
    assertThat(configuration.control().connection().jdbcUrl())
        .isEqualTo("jdbc:postgresql://127.0.0.1:40001/control");
    assertThat(configuration.control().connection().username()).isEqualTo("postgres");
    assertThat(configuration.control().connection().password()).isEqualTo("secret");
    assertThat(configuration.temporal().address()).isEqualTo("127.0.0.1:40002");
    assertThat(configuration.temporal().ui()).isEqualTo(URI.create("http://127.0.0.1:40003"));
  }

  @Test
  void theFileStandsAboveTheEnvironment() {
    TidemarkConfiguration configuration =
        read(
            CONNECTIONS + "temporal: {address: \"t:1\"}\ncontrol: {host: c, database: d}\n",
            Map.of(
                "TIDEMARK_CONTROL_URL", "jdbc:postgresql://127.0.0.1:40001/control",
                "TIDEMARK_TEMPORAL_ADDRESS", "127.0.0.1:40002"));
    assertThat(configuration.temporal().address()).isEqualTo("t:1");
    assertThat(configuration.control().connection().jdbcUrl())
        .isEqualTo("jdbc:postgresql://c:5432/d");
  }

  @Test
  void filesAreFoundBesideTheConfiguration(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("ca.pem"), "-");
    Path file = folder.resolve("tidemark.yaml");
    Files.writeString(file, CONNECTIONS + "temporal: {server-ca: ca.pem}\n");
    TidemarkConfiguration configuration = new ConfigurationLoader(Map.of()).load(file);
    assertThat(configuration.temporal().serverCa()).isEqualTo(folder.resolve("ca.pem"));
    assertThat(configuration.temporal().tls()).isTrue();
  }

  @Test
  void tellsWhichSectionsAFileHas(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("tidemark.yaml");
    Files.writeString(file, CONNECTIONS + "temporal: {address: \"t:1\"}\n");
    assertThat(new ConfigurationLoader(Map.of()).sections(file))
        .containsExactlyInAnyOrder("connections", "temporal");
  }

  @Test
  void aFileThatIsAbsentIsSaidToBe(@TempDir Path folder) {
    assertThatThrownBy(() -> new ConfigurationLoader(Map.of()).load(folder.resolve("none.yaml")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("none.yaml has a mistake:")
        .hasMessageContaining("no such file");
  }

  @Test
  void noRecordPrintsASecret() {
    TidemarkConfiguration configuration =
        read(
            CONNECTIONS
                + """
                control: {host: c, database: d, username: u, password: HIDDEN}
                temporal: {api-key: HIDDEN}
                api: {keys: [{name: ci, role: admin, key: HIDDENHIDDENHIDDEN}]}
                notifications:
                  - {type: webhook, url: "https://h/HIDDEN", secret: HIDDEN}
                  - {type: slack, url: "https://h/HIDDEN"}
                  - {type: email, host: h, username: u, password: HIDDEN, from: a@b, to: c@d}
                """);
    assertThat(configuration.toString()).doesNotContain("HIDDEN");
    assertThat(connection("{url: \"jdbc:mysql://h/d?sslKeyPassword=HIDDEN\"}", Map.of()))
        .extracting(Objects::toString)
        .asString()
        .doesNotContain("HIDDEN");
  }

  private static BatchConfiguration batch(String yaml) {
    return Objects.requireNonNull(read(BATCH + yaml).batches().get("branches"));
  }

  private static ConnectionConfiguration connection(String yaml, Map<String, String> environment) {
    return Objects.requireNonNull(
        read("connections:\n  c: " + yaml + "\n", environment).connections().get("c"));
  }
}
