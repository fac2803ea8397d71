package dev.tidemark.connect.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.server.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How long ago a transaction began of which the server tells the local time. */
class MysqlTransactionsIT {

  private static final String ZONE = "Tidemark/Summer";
  private static final int ID = 990_025;

  /** Two hours ahead of UTC in the summer of 2025, one hour before and after. */
  private static final List<String> ZONE_IS_KNOWN =
      List.of(
          "INSERT INTO mysql.time_zone VALUES (" + ID + ", 'N')",
          "INSERT INTO mysql.time_zone_name VALUES ('" + ZONE + "', " + ID + ")",
          "INSERT INTO mysql.time_zone_transition_type VALUES (%d, 0, 7200, 1, 'S'), (%d, 1, 3600, 0, 'W')"
              .formatted(ID, ID),
          "INSERT INTO mysql.time_zone_transition VALUES (%d, %d, 0), (%d, %d, 1)"
              .formatted(
                  ID,
                  Instant.parse("2025-03-30T01:00:00Z").getEpochSecond(),
                  ID,
                  Instant.parse("2025-10-26T01:00:00Z").getEpochSecond()));

  private static void forgetZone(TestServer server) {
    server.execute("DELETE FROM mysql.time_zone_name WHERE time_zone_id = " + ID);
    server.execute("DELETE FROM mysql.time_zone_transition WHERE time_zone_id = " + ID);
    server.execute("DELETE FROM mysql.time_zone_transition_type WHERE time_zone_id = " + ID);
    server.execute("DELETE FROM mysql.time_zone WHERE time_zone_id = " + ID);
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void takesAnHourThatComesTwiceForTheEarlierOne(TestServer server) throws Exception {
    assumeTrue(server.available(), "set TIDEMARK_TEST_MYSQL_URL to run this");
    ConnectionConfiguration database = server.newDatabase("hours");
    forgetZone(server);
    ZONE_IS_KNOWN.forEach(server::execute);
    try (Connection session = TestServer.open(database)) {
      assertThat(seconds(session, "2025-10-26 02:40:00", "2025-10-26T01:10:00Z"))
          .as("in the first of both hours, seen in the second")
          .isEqualTo(1_800);
      assertThat(seconds(session, "2025-10-26 01:30:00", "2025-10-26T02:30:00Z"))
          .as("before them, seen after them")
          .isEqualTo(10_800);
      assertThat(seconds(session, "2025-10-24 12:00:00", "2025-10-26T10:00:00Z"))
          .as("two days before")
          .isEqualTo(172_800);
      assertThat(seconds(session, "2025-10-26 02:40:00", "2025-10-26T01:45:00Z"))
          .as("in the second one, or in the first")
          .isEqualTo(3_900);
      assertThat(seconds(session, "2025-07-01 12:00:00", "2025-07-01T10:05:00Z")).isEqualTo(300);
      assertThat(seconds(session, "2025-12-01 12:00:00", "2025-12-01T11:05:00Z")).isEqualTo(300);
      assertThat(seconds(session, "2025-03-30 03:10:00", "2025-03-30T01:15:00Z"))
          .as("after the hour that does not come")
          .isEqualTo(300);
    } finally {
      forgetZone(server);
    }
  }

  private static long seconds(Connection session, String local, String now) throws SQLException {
    try (var statement = session.createStatement()) {
      statement.execute("SET timestamp = " + Instant.parse(now).getEpochSecond());
    }
    String query = "SELECT " + MysqlTransactions.secondsSince("TIMESTAMP'" + local + "'", ZONE);
    return Long.parseLong(TestServer.rows(session, query).getFirst());
  }
}
