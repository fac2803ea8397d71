package dev.tidemark.activities.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.connect.checkpoint.Claimant;
import dev.tidemark.connect.checkpoint.Owner;
import dev.tidemark.connect.checkpoint.OwnerState;
import dev.tidemark.connect.comparison.ComparisonResult;
import dev.tidemark.connect.comparison.Side;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.connection.Connections;
import dev.tidemark.connect.dialect.Dialects;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.connect.table.ColumnChoice;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.workflows.table.RetrySpec;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableSpec;
import dev.tidemark.workflows.table.TableTask;
import dev.tidemark.workflows.table.WhenBusy;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every direction between the databases, by a key of several columns, text among them. */
class DirectionsIT {

  private static final String[] MYSQL_STOCK = {
    """
    CREATE TABLE stock (
      shop varchar(20) NOT NULL,
      item int NOT NULL,
      amount decimal(20,4),
      big bigint unsigned,
      ratio double,
      rough float,
      note text,
      picture blob,
      since date,
      changed datetime(6) NOT NULL,
      seen timestamp(6) NULL,
      opens time(6),
      flags json,
      state enum('new','old'),
      active bit(1),
      mask bit(12),
      PRIMARY KEY (shop, item)) CHARACTER SET utf8mb4""",
    """
    INSERT INTO stock
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900)
    SELECT CONCAT('shop ', i % 7), i, i * 1.0625, 18446744073709551615 - i, i / 3, i / 3,
           CASE i % 4 WHEN 0 THEN NULL WHEN 1 THEN '' WHEN 2 THEN 'tab\\there\\\\ \\nnext 🐟' ELSE 'plain' END,
           UNHEX(SHA2(i, 256)), DATE_ADD('2001-01-01', INTERVAL i DAY),
           TIMESTAMPADD(MICROSECOND, i * 1234567, '2024-02-29 23:59:59.999999'),
           IF(i % 5 = 0, NULL, TIMESTAMPADD(SECOND, i, '2021-06-01 00:00:00.000001')),
           SEC_TO_TIME(i), JSON_OBJECT('n', i, 'text', 'é'), IF(i % 2, 'new', 'old'),
           i % 2, i
      FROM n"""
  };

  private static final String[] POSTGRES_STOCK = {
    """
    CREATE TABLE stock (
      shop varchar(20) NOT NULL, item int NOT NULL, amount numeric(20,4), ratio double precision,
      note text, picture bytea, since date, changed timestamptz NOT NULL, opens time,
      flags json, tags text[], span interval, address inet, PRIMARY KEY (shop, item))""",
    """
    INSERT INTO stock
    SELECT 'shop ' || i % 7, i, i * 1.0625, i / 3.0,
           CASE i % 4 WHEN 0 THEN NULL WHEN 1 THEN '' WHEN 2 THEN E'tab\\there\\\\ \\nnext 🐟' ELSE 'plain' END,
           sha256(i::text::bytea), date '2001-01-01' + i, timestamptz '2024-02-29 23:59:59.999999+00' + i * interval '1.234567 s',
           time '00:00' + i * interval '1 second', json_build_object('n', i), ARRAY['a', NULL, 'b "' || i],
           i * interval '1 hour', '10.0.0.1'::inet + i
      FROM generate_series(1, 900) i"""
  };

  static Stream<Arguments> directions() {
    return Arrays.stream(TestServer.values())
        .flatMap(
            from -> Arrays.stream(TestServer.values()).map(target -> Arguments.of(from, target)));
  }

  @ParameterizedTest
  @MethodSource("directions")
  void copiesExactlyAndGoesOnInTheMiddle(TestServer from, TestServer to) throws Exception {
    assumeTrue(
        from.available() && to.available(), "no MYSQL: set TIDEMARK_TEST_MYSQL_URL to run this");
    ConnectionConfiguration source = from.newDatabase("source");
    ConnectionConfiguration target = to.newDatabase("target");
    TestServer.execute(source, from == TestServer.POSTGRESQL ? POSTGRES_STOCK : MYSQL_STOCK);
    TableSpec spec =
        new TableSpec(
            "inventory",
            List.of(),
            List.of(),
            List.of(),
            Map.of("note", "remark"),
            Map.of("origin", from.name()),
            100);
    TableTask task =
        new TableTask(
            new TableId("source", source.schema(), "stock"),
            "target",
            "inventory",
            spec,
            RetrySpec.DEFAULT,
            WhenBusy.WAIT,
            true,
            0,
            1);
    try (Connections connections = new Connections(List.of(source, target))) {
      TableReport report = new TableReport(task, Optional.empty());
      assertThat(
              new TableCopy(
                      connections,
                      o -> OwnerState.RUNNING,
                      task,
                      report,
                      () -> report.counts().read() >= 400)
                  .run(claimant(1)))
          .isFalse();
      assertThat(report.counts().read()).isEqualTo(400);
      assertThat(
              new TableCopy(connections, o -> OwnerState.RUNNING, task, report, () -> false)
                  .run(claimant(2)))
          .isTrue();
      assertThat(report.counts()).isEqualTo(new RowCounts(900, 900, 0, 0));
      ComparisonResult result = compare(connections, source, target, spec);
      assertThat(result.words()).isEmpty();
      assertThat(result.target().rows()).isEqualTo(900);
    }
  }

  private static Claimant claimant(int attempt) {
    return new Claimant(
        new Owner("namespace", "workflow", "run"), "pass", "source.stock", 1, attempt, false);
  }

  private static ComparisonResult compare(
      Connections connections,
      ConnectionConfiguration source,
      ConnectionConfiguration target,
      TableSpec spec)
      throws Exception {
    try (Connection reading = connections.open("source");
        Connection writing = connections.open("target")) {
      TableMapping mapping =
          TableMapping.of(
              Dialects.of(source.type()).describe(reading, source.schema(), "stock").orElseThrow(),
              "inventory",
              new ColumnChoice(List.of(), List.of(), List.of(), spec.rename(), spec.constants()));
      return ComparisonResult.of(
          new Side(reading, Dialects.of(source.type())),
          new Side(writing, Dialects.of(target.type())),
          mapping,
          Dialects.of(target.type()).describe(writing, target.schema(), "inventory").orElseThrow(),
          5);
    }
  }
}
