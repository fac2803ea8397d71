package dev.tidemark.connect.connection;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.server.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a session is told before anything else. */
class SessionsIT {

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void messagesAreEnglishWhateverTheServerSpeaks(TestServer server) throws Exception {
    assumeTrue(server.available(), "set TIDEMARK_TEST_MYSQL_URL to run this");
    ConnectionConfiguration database = server.newDatabase("sessions");
    try (Connection session = TestServer.open(database);
        Statement statement = session.createStatement()) {
      statement.execute("SET SESSION lc_messages = 'de_DE'");
      assertThatThrownBy(() -> statement.execute("SELECT gone FROM gone"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("Tabelle");
      statement.execute(Sessions.firstStatement(database.type()));
      assertThatThrownBy(() -> statement.execute("SELECT gone FROM gone"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("doesn't exist");
    }
  }
}
