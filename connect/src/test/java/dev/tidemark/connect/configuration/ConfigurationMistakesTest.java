package dev.tidemark.connect.configuration;

import static dev.tidemark.connect.configuration.Reader.BATCH;
import static dev.tidemark.connect.configuration.Reader.CONNECTIONS;
import static dev.tidemark.connect.configuration.Reader.mistake;
import static dev.tidemark.connect.configuration.Reader.mistakes;
import static dev.tidemark.connect.configuration.Reader.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationMistakesTest {

  private static final String ENDS = "    sources: [shop]\n    target: dashboard\n";

  @Test
  void namesEveryMistakeAtOnceInTheOrderOfTheFile() {
    String yaml =
        """
        connections:
          shop:
            type: postgres
            host: db1
            database: shop
            pool_size: 4
          dashboard:
            type: mariadb
            host: db2
        batches:
          branches:
            sources: [shop, shpo]
            target: dashbord
            chunk-rows: many
            retry: {initial-interval: 5}
        control: {url: "jdbc:mysql://db2/control"}
        nonsense: 1
        """;
    assertThat(mistakes(yaml))
        .extracting(mistake -> mistake.line() + " " + mistake.path())
        .containsExactly(
            "3 connections.shop.type",
            "6 connections.shop.pool_size",
            "7 connections.dashboard.database",
            "12 batches.branches.sources[1]",
            "13 batches.branches.target",
            "14 batches.branches.chunk-rows",
            "15 batches.branches.retry.initial-interval",
            "16 control.url",
            "17 nonsense");
    assertThatThrownBy(() -> read(yaml))
        .hasMessageContaining("tidemark.yaml has 9 mistakes:\n")
        .hasMessageContaining(
            "\n  line 3: connections.shop.type: found \"postgres\";"
                + " allowed: postgresql, mysql or mariadb\n")
        .hasMessageContaining(
            "\n  line 6: connections.shop.pool_size: found an unknown key;"
                + " allowed: did you mean pool-size? type, url, host,")
        .hasMessageContaining(
            "\n  line 13: batches.branches.target: found \"dashbord\";"
                + " allowed: a connection: shop, dashboard\n");
  }

  @ParameterizedTest
  @CsvSource({
    "'connectoins: {}', connectoins, connections",
    "'worker: {paralleltables: 1}', worker.paralleltables, parallel-tables",
    "'temporal: {adress: a}', temporal.adress, address",
    "'api: {prot: 1}', api.prot, port",
    "'control: {host: h, database: d, retension: 1d}', control.retension, retention",
  })
  void suggestsTheNearestKey(String yaml, String path, String meant) {
    assertThat(mistakes(CONNECTIONS + yaml))
        .anySatisfy(
            mistake -> {
              assertThat(mistake.path()).isEqualTo(path);
              assertThat(mistake.found()).isEqualTo("an unknown key");
              assertThat(mistake.allowed()).startsWith("did you mean " + meant + "? ");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "sources, '    sources: [{connection: shop, constant: {a: b}}]'",
    "table, '    table: {orders: {keys: id}}'",
    "retry, '    retry: {attempts: 3}'",
  })
  void findsUnknownKeysBelowABatch(String place, String yaml) {
    String ends = place.equals("sources") ? "    target: dashboard\n" : ENDS;
    assertThat(mistake(BATCH + ends + yaml + "\n").found()).isEqualTo("an unknown key");
  }

  @ParameterizedTest
  @CsvSource({
    "rows-per-second, 0",
    "rows-per-second, 20MB",
    "rows-per-second, 2_000_000_000",
    "bytes-per-second, 9kB",
    "bytes-per-second, 2GB",
    "bytes-per-second, 20 MB",
  })
  void findsLimitsThatAreNone(String key, String value) {
    Mistake mistake =
        mistake(
            "connections: {a: {type: mysql, host: h, database: d, limits: {%s: '%s'}}}\n"
                .formatted(key, value));
    assertThat(mistake.path()).isEqualTo("connections.a.limits." + key);
    assertThat(mistake.found()).isEqualTo("\"" + value + "\"");
    assertThat(mistake.allowed()).startsWith("a whole number from ");
  }

  @Test
  void suggestsNothingThatIsFarAway() {
    assertThat(mistake(CONNECTIONS + "xyz: 1\n").allowed()).startsWith("connections, batches");
  }

  @Test
  void findsWhatIsMissing() {
    assertThat(mistake("batches: {}\n").path()).isEqualTo("connections");
    assertThat(mistake("connections: {}\n").path()).isEqualTo("connections");
    assertThat(mistake("connections: {a: }\n").path()).isEqualTo("connections.a");
    assertThat(mistakes("connections: {a: {pool-size: 1}}\n"))
        .extracting(Mistake::path)
        .containsExactly("connections.a.type", "connections.a.url");
    assertThat(mistake("connections: {a: {type: mysql, host: h}}\n").path())
        .isEqualTo("connections.a.database");
    assertThat(mistake("connections: {a: {type: mysql, database: d}}\n").path())
        .isEqualTo("connections.a.host");
    assertThat(mistake(BATCH + "    target: dashboard\n").path())
        .isEqualTo("batches.branches.sources");
    assertThat(mistake(BATCH + "    target: dashboard\n    sources: []\n").path())
        .isEqualTo("batches.branches.sources");
    assertThat(mistake(BATCH + "    sources: [shop]\n").path())
        .isEqualTo("batches.branches.target");
    assertThat(mistakes(CONNECTIONS + "api: {keys: [{}]}\n"))
        .extracting(Mistake::path)
        .containsExactly("api.keys[0].name", "api.keys[0].role", "api.keys[0].key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "connections: text",
        "connections: [a]",
        "connections: {a: text}",
        "connections: {a: {type: [mysql], host: h, database: d}}",
        "connections: {a: {type: mysql, host: {b: c}, database: d}}",
      })
  void findsWrongTypes(String yaml) {
    assertThat(mistake(yaml).found()).isIn("a text", "a list", "keys with values");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "    chunk-rows: 0",
        "    chunk-rows: 1000001",
        "    chunk-rows: 1.5",
        "    chunk-rows: 99999999999999999999",
        "    mode: merge",
        "    mode: incremental",
        "    deletes: hard",
        "    mode: replace\n    deletes: soft",
        "    mode: incremental\n    change-column: c\n    deletes: soft",
        "    mode: incremental\n    change-column: c\n    change-zone: UTC+7",
        "    deletes: never",
        "    parallel-ranges: 17",
        "    table: {orders: {mode: diff, deletes: no}}",
        "    table: {orders: {mask: {a: rot13}}}",
        "    table: {orders: {cast: {a: 'int, b int'}}}",
        "    table: {orders: {cast: {a: 'text); DROP TABLE x; --'}}}",
        "    table: {orders: {cast: {a: 'int NOT NULL'}}}",
        "    table: {orders: {cast: {a: 'varchar(9) COLLATE latin1_bin'}}}",
        "    table: {orders: {cast: {a: }}}",
        "    widen-tables: sometimes",
        "    lossy: drop",
        "    parallel-tables: -1",
        "    parallel-tables-per-connection: two",
        "    when-busy: queue",
        "    create-missing-tables: yes",
        "    retry: {maximum-attempts: 0}",
        "    retry: {backoff-coefficient: 0.5}",
        "    retry: {backoff-coefficient: NaN}",
        "    retry: {initial-interval: 1}",
        "    retry: {initial-interval: 0s}",
        "    retry: {initial-interval: 1 s}",
        "    retry: {initial-interval: -1s}",
        "    retry: {initial-interval: 1w}",
        "    retry: {maximum-interval: 10ms}",
        "    tables: [c_%]",
        "    tables: []",
        "    tables: ['']",
        "    tables: a.b.c.*",
        "    tables: [tidemark_slice]",
        "    exclude-tables: ['[a-z]']",
        "    table: {'c_*': {key: id}}",
        "    table: {'a, b': {key: id}}",
        "    table: {public.orders: {key: id}}",
        "    table: {orders: {chunk-rows: 0}}",
        "    table: {orders: {key: [id, id]}}",
        "    table: {orders: {include: [a], exclude: [a]}}",
        "    table: {orders: {key: id, exclude: [id]}}",
        "    table: {orders: {key: id, include: [a]}}",
        "    table: {orders: {rename: {a: c, b: c}}}",
        "    table: {orders: {rename: {a: c}, constants: {c: x}}}",
        "    table: {orders: {rename: {a: }}}",
        "    table: {CInvoice: {key: a}, c_invoice: {key: b}}",
      })
  void findsBadValuesOfABatch(String yaml) {
    assertThat(mistake(BATCH + ENDS + yaml + "\n").path()).startsWith("batches.branches.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{type: mysql, url: 'jdbc:postgresql://h/d'}",
        "{type: postgresql, url: 'jdbc:mysql://h/d'}",
        "{type: mysql, url: 'jdbc:mariadb://h/d'}",
        "{type: mysql, url: 'jdbc:oracle:thin:@h:1521:d'}",
        "{type: mysql, url: 'mysql://h/d'}",
        "{type: mysql, url: 'jdbc:mysql://h'}",
        "{type: mysql, url: 'jdbc:mysql://h/'}",
        "{type: postgresql, url: 'jdbc:postgresql://h/'}",
        "{type: mysql, url: 'jdbc:mysql://h/%zz'}",
        "{type: mysql, url: 'jdbc:mysql://h/d?user=u'}",
        "{type: mysql, url: 'jdbc:mysql://u:p@h/d'}",
        "{type: mysql, url: 'jdbc:mysql://(host=h,password=p)/d'}",
        "{type: mysql, url: 'jdbc:mysql://h/d', host: h}",
        "{type: mysql, host: 'h:3306', database: d}",
        "{type: mysql, host: h, port: 0, database: d}",
        "{type: mysql, host: h, port: 70000, database: d}",
        "{type: MySQL, host: h, database: d}",
        "{type: mysql, host: h, database: d, pool-size: 0}",
        "{type: mysql, host: h, database: d, read-only: no}",
        "{type: mysql, host: h, database: d, mask-key: too short}",
        "{type: mysql, host: h, database: d, mask-key: ''}",
        "{type: mysql, host: h, database: d, password: p}",
        "{type: mysql, host: h, database: d, username: !u x}",
      })
  void findsBadValuesOfAConnection(String connection) {
    assertThat(mistake("connections: {a: " + connection + "}\n").path())
        .startsWith("connections.a.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b", "a:b", "a b", "a,b", "a/b", "-a", "größe"})
  void findsNamesThatCannotStandInIds(String name) {
    assertThat(mistake("connections: {\"" + name + "\": {type: mysql, host: h, database: d}}\n"))
        .extracting(Mistake::allowed)
        .isEqualTo("letters, digits, _ and -, beginning with a letter or digit");
  }

  @Test
  void findsReferencesToConnectionsThatDoNotExist() {
    assertThat(mistakes(BATCH + "    sources: [{connection: sohp}]\n    target: board\n"))
        .extracting(mistake -> mistake.path() + ": " + mistake.allowed())
        .containsExactly(
            "batches.branches.sources[0].connection: a connection: shop, dashboard",
            "batches.branches.target: a connection: shop, dashboard");
  }

  @Test
  void aConnectionWithMistakesStillExists() {
    assertThat(
            mistakes(
                """
                connections:
                  shop: {type: postgresql, host: db1}
                  board: {type: mysql, host: db2, database: d}
                batches: {all: {sources: [shop], target: board}}
                """))
        .extracting(Mistake::path)
        .containsExactly("connections.shop.database");
  }

  @Test
  void findsATargetThatIsReadOnly() {
    Mistake mistake =
        mistake(
            """
            connections:
              shop: {type: postgresql, host: db1, database: d}
              board: {type: mysql, host: db2, database: d, read-only: true}
            batches: {all: {sources: [shop], target: board}}
            """);
    assertThat(mistake.path()).isEqualTo("batches.all.target");
    assertThat(mistake.found()).contains("read-only");
  }

  @Test
  void findsASourceThatIsTheTarget() {
    assertThat(mistake(BATCH + "    sources: [dashboard]\n    target: dashboard\n").found())
        .contains("the target itself");
    assertThat(
            mistake(
                    """
                    connections:
                      one: {type: mysql, host: db, database: d}
                      two: {type: mysql, host: db, database: d}
                    batches: {all: {sources: [one], target: two}}
                    """)
                .found())
        .contains("the same database and schema");
  }

  @Test
  void findsNamesThatStandTwice() {
    assertThat(
            mistake(
                """
                    connections:
                      a: {type: mysql, host: h, database: d}
                      b: {type: mysql, host: h, database: e}
                      a: {type: mysql, host: h, database: f}
                    """))
        .isEqualTo(
            new Mistake(
                "connections.a", 4, "the same key a second time, after line 2", "each key once"));
    assertThat(mistake(BATCH + "    target: dashboard\n    sources: [shop, shop]\n").path())
        .isEqualTo("batches.branches.sources[1]");
    assertThat(
            mistakes(
                CONNECTIONS
                    + """
                    api:
                      keys:
                        - {name: ci, role: admin, key: 0123456789abcdef}
                        - {name: ci, role: admin, key: 0123456789abcdef}
                    """))
        .extracting(Mistake::path)
        .containsExactly("api.keys[1].name", "api.keys[1].key");
  }

  @Test
  void theControlDatabaseIsPostgresql() {
    assertThat(mistake(CONNECTIONS + "control: {url: 'jdbc:mariadb://h/d'}\n"))
        .isEqualTo(
            new Mistake(
                "control.url", 4, "a URL of mariadb", "jdbc:postgresql://host:5432/database"));
    assertThat(mistake(CONNECTIONS + "control: {type: mysql, host: h, database: d}\n").path())
        .isEqualTo("control.type");
    assertThat(mistake(CONNECTIONS + "control: {host: h, database: d, retention: soon}\n").path())
        .isEqualTo("control.retention");
    assertThat(
            mistakes(CONNECTIONS, Map.of("TIDEMARK_CONTROL_URL", "jdbc:mysql://u:hush@h/d"))
                .toString())
        .contains("${TIDEMARK_CONTROL_URL}")
        .doesNotContain("hush");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "temporal: {address: temporal}",
        "temporal: {address: 'http://temporal:7233'}",
        "temporal: {address: 'temporal:0'}",
        "temporal: {ui: 'temporal:8233'}",
        "temporal: {certificate: a.pem}",
        "temporal: {certificate-key: a.key}",
        "temporal: {api-key: k, tls: false}",
        "worker: {parallel-tables: 0}",
        "worker: {control-task-queue: q, bulk-task-queue: q}",
        "worker: {bulk-task-queue: tidemark-control}",
        "api: {port: 65536}",
        "api: {keys: [text]}",
        "api: {keys: [{name: a, role: owner, key: 0123456789abcdef}]}",
        "api: {keys: [{name: a, role: admin, key: short}]}",
        "notifications: [text]",
        "notifications: [{url: 'https://h'}]",
        "notifications: [{type: sms}]",
        "notifications: [{type: webhook}]",
        "notifications: [{type: webhook, url: 'ftp://h'}]",
        "notifications: [{type: webhook, url: 'https:///path'}]",
        "notifications: [{type: slack, url: 'https://h', secret: s}]",
        "notifications: [{type: slack, url: 'https://h', on: [done]}]",
        "notifications: [{type: email, host: h, from: a, to: b@c}]",
        "notifications: [{type: email, host: h, from: a@b}]",
        "notifications: [{type: email, host: h, from: a@b, to: [c]}]",
        "notifications: [{type: email, host: h, from: a@b, to: b@c, username: u}]",
      })
  void findsBadValuesElsewhere(String yaml) {
    Mistake mistake = mistake(CONNECTIONS + yaml + "\n");
    assertThat(yaml).startsWith(mistake.path().replaceAll("[.\\[].*", ""));
    assertThat(mistake.line()).isEqualTo(4);
  }

  @Test
  void findsVariablesThatAreNotSet() {
    assertThat(
            mistake(
                "connections: {a: {type: mysql, host: h, database: d, username: u,"
                    + " password: \"${DB_PASSWORD}\"}}\n"))
        .isEqualTo(
            new Mistake(
                "connections.a.password",
                1,
                "${DB_PASSWORD}, which the environment does not have",
                "a variable that is set, or ${DB_PASSWORD:default}"));
    assertThat(mistake(CONNECTIONS + "temporal: {namespace: \"${a-b}\"}\n").found())
        .isEqualTo("a ${ that begins no variable");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "connections: {a: {url: '${X}', type: mysql}}",
        "connections: {a: {type: '${X}', host: h, database: d}}",
        "connections: {a: {type: mysql, host: h, database: d}}\napi: {keys: [{name: a, role: '${X}', key: 0123456789abcdef}]}",
        "connections: {a: {type: mysql, host: h, database: d}}\nnotifications: [{type: slack, url: 'https://h', type: slack}]",
      })
  void namesEachMistakeOnce(String yaml) {
    assertThat(mistakes(yaml + "\n")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "connections: {a: {type: mysql, host: h, database: d, password: hunter2}}",
        "connections: {a: {type: mysql, url: 'jdbc:mysql://u:hunter2@h/d'}}",
        "connections: {a: {type: mysql, url: 'hunter2'}}",
        "connections: {a: {type: mysql, host: h, database: d, username: u, password: [hunter2]}}",
        "connections: {a: {type: mysql, host: h, database: d, port: \"${PW}\"}}",
        "connections: {a: {type: mysql, host: h, database: d, password: *hunter2}}",
        "connections: {a: {type: mysql, host: h, database: d, password: !hunter2!x y}}",
        "connections: {a: {type: mysql, host: h, database: d, password: %hunter2}}",
        "connections: {a: {type: mysql, host: h, database: d, password: \"hunter2}}",
        "connections: {a: {type: mysql, host: h, database: d, password: hunter2: b}}",
        "connections: {a: {type: mysql, host: h, database: d, password: \"${PW\"}}",
        "api: {keys: [hunter2]}",
        "api: {keys: [{name: a, role: admin, key: hunter2}]}",
        "notifications: [{type: slack, url: 'hunter2'}]",
        "notifications: hunter2",
      })
  void noMistakeShowsASecret(String yaml) {
    List<Mistake> mistakes = mistakes(yaml + "\n", Map.of("PW", "hunter2"));
    assertThat(mistakes).isNotEmpty();
    assertThat(mistakes.toString()).doesNotContain("hunter2");
  }

  @Test
  void saysWhereAFileIsNoYaml() {
    Mistake mistake = mistake("connections:\n  a: [1\nb: 2\n");
    assertThat(mistake.line()).isEqualTo(3);
    assertThat(mistake.found()).contains("column 2");
    assertThat(mistake.allowed()).contains("YAML");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "text\n", "- a\n", "a: b\n---\nc: d\n", "a: \u0000\n"})
  void findsWhatIsNoConfigurationAtAll(String text) {
    assertThat(mistakes(text)).isNotEmpty();
  }

  @Test
  void anAnchorThatContainsItselfDoesNotHang() {
    assertThat(mistakes("connections: &a {<<: *a, b: *a}\n")).isNotEmpty();
  }
}
