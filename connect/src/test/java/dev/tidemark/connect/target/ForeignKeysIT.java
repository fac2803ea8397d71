package dev.tidemark.connect.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.dialect.Dialects;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.connect.table.TableShape;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** In which order tables that refer to each other are written. */
class ForeignKeysIT {

  @ParameterizedTest
  @EnumSource
  void parentsStandBeforeTheirChildren(TestServer server) throws Exception {
    assumeTrue(server.available(), "set TIDEMARK_TEST_MYSQL_URL to a MySQL server");
    ConnectionConfiguration database = server.newDatabase("keys");
    TestServer.execute(
        database,
        "CREATE TABLE country (id int PRIMARY KEY)",
        "CREATE TABLE customer (id int PRIMARY KEY, country int, recommended_by int,"
            + " FOREIGN KEY (country) REFERENCES country (id),"
            + " FOREIGN KEY (recommended_by) REFERENCES customer (id))",
        "CREATE TABLE invoice (id int PRIMARY KEY, payer int, receiver int, newest_line int,"
            + " FOREIGN KEY (payer) REFERENCES customer (id),"
            + " FOREIGN KEY (receiver) REFERENCES customer (id))",
        "CREATE TABLE line (id int PRIMARY KEY, invoice int,"
            + " FOREIGN KEY (invoice) REFERENCES invoice (id))",
        "ALTER TABLE invoice ADD FOREIGN KEY (newest_line) REFERENCES line (id)",
        "CREATE TABLE remark (id int PRIMARY KEY, line int,"
            + " FOREIGN KEY (line) REFERENCES line (id))",
        "CREATE TABLE shift (id int PRIMARY KEY, head int)",
        "CREATE TABLE worker (id int PRIMARY KEY, shift int, line int,"
            + " FOREIGN KEY (line) REFERENCES line (id),"
            + " FOREIGN KEY (shift) REFERENCES shift (id))",
        "ALTER TABLE shift ADD FOREIGN KEY (head) REFERENCES worker (id)",
        "CREATE TABLE alone (id int PRIMARY KEY)");
    assertThat(refersToItself(database, "customer")).isTrue();
    assertThat(refersToItself(database, "invoice")).isFalse();
    ForeignKeys keys = read(database);
    assertThat(keys.order())
        .isEqualTo(
            Map.of(
                "customer", List.of("country"),
                "invoice", List.of("customer"),
                "remark", List.of("line"),
                "worker", List.of("line")));
    assertThat(keys.circles())
        .containsExactly(List.of("invoice", "line"), List.of("shift", "worker"));
  }

  @Test
  void ofPartitionsAndOfThisSchemaAlone() throws Exception {
    ConnectionConfiguration database = TestServer.POSTGRESQL.newDatabase("keys");
    TestServer.execute(
        database,
        "CREATE TABLE \"Shop\" (id int PRIMARY KEY)",
        "CREATE TABLE sale (id int PRIMARY KEY, shop int REFERENCES \"Shop\")"
            + " PARTITION BY RANGE (id)",
        "CREATE TABLE sale_1 PARTITION OF sale FOR VALUES FROM (1) TO (9)",
        "CREATE SCHEMA other",
        "CREATE TABLE other.sale (id int PRIMARY KEY, shop int REFERENCES \"Shop\")");
    assertThat(read(database).parents())
        .isEqualTo(Map.of("sale", Set.of("shop"), "sale_1", Set.of("shop")));
  }

  private static boolean refersToItself(ConnectionConfiguration database, String table)
      throws Exception {
    try (Connection session = TestServer.open(database)) {
      TableShape shape =
          Dialects.of(database.type()).describe(session, database.schema(), table).orElseThrow();
      return ForeignKeys.refersToItself(session, database.type(), shape);
    }
  }

  private static ForeignKeys read(ConnectionConfiguration database) throws Exception {
    try (Connection session = TestServer.open(database)) {
      return ForeignKeys.of(session, database.type(), database.schema());
    }
  }
}
