package dev.tidemark.connect.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.connect.server.TestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A range that takes the target longer than its session waits for an answer. */
class LongRangeIT {

  private static final int PATIENCE_MILLIS = 300;

  private static final String WAITS =
      "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname ="
          + " current_database() AND clock_timestamp() - query_start > interval '1 second'";

  @Test
  void isSummedForAsLongAsItTakes() throws Exception {
    try (ComparedSides sides = ComparedSides.of(TestServer.MARIADB, TestServer.POSTGRESQL)) {
      sides.onBoth(
          "CREATE TABLE item (id int PRIMARY KEY, note varchar(20))",
          "INSERT INTO item VALUES (1, 'a'), (2, 'b')");
      try (Comparison comparison = sides.comparison(Map.of(), 10, null);
          Connection holder = TestServer.open(sides.target);
          Statement statement = holder.createStatement()) {
        sides.writing.setNetworkTimeout(Runnable::run, PATIENCE_MILLIS);
        holder.setAutoCommit(false);
        statement.execute("LOCK TABLE item IN ACCESS EXCLUSIVE MODE");
        CompletableFuture<Boolean> freed =
            CompletableFuture.supplyAsync(() -> freedLater(holder, sides));
        assertThat(ComparedSides.portions(comparison))
            .hasSize(1)
            .allMatch(portion -> portion.differences().isEmpty());
        assertThat(freed.join()).isTrue();
        assertThat(sides.writing.getNetworkTimeout()).isEqualTo(PATIENCE_MILLIS);
      }
    }
  }

  private static boolean freedLater(Connection holder, ComparedSides sides) {
    Awaitility.await().until(() -> waits(sides));
    try {
      holder.rollback();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return true;
  }

  private static boolean waits(ComparedSides sides) throws Exception {
    try (Connection session = TestServer.open(sides.target);
        Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery(WAITS)) {
      return row.next() && row.getLong(1) > 0;
    }
  }
}
