package dev.tidemark.activities.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.connect.server.TestServer;
import dev.tidemark.workflows.table.Deletes;
import dev.tidemark.workflows.table.ModeSpec;
import dev.tidemark.workflows.table.RowSpec;
import dev.tidemark.workflows.table.SyncMode;
import dev.tidemark.workflows.table.TableSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents that a server holds for equal, and that are not. */
class JsonChangesIT {

  private static Stream<Arguments> documents() {
    return Stream.of(
        Arguments.of(TestServer.MYSQL, "json", "{\"qty\": 1}", "{\"qty\": 1.0}"),
        Arguments.of(TestServer.MARIADB, "json", "{\"qty\": 1} ", "{\"qty\": 1}"),
        Arguments.of(
            TestServer.MARIADB,
            "longtext COLLATE utf8mb4_unicode_ci CHECK (json_valid(doc))",
            "{\"status\": \"Open\"}",
            "{\"status\": \"open\"}"));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void eachChangeOfADocumentIsWritten(TestServer server, String type, String before, String after)
      throws Exception {
    for (SyncMode mode : List.of(SyncMode.FULL, SyncMode.DIFF)) {
      TableSpec spec =
          TwoSides.spec(
              Map.of(), 0, 1, new ModeSpec(mode, null, Deletes.IGNORE, null), RowSpec.ALL);
      try (TwoSides sides = new TwoSides(server, server, spec)) {
        sides.atSource(
            "CREATE TABLE item (id int PRIMARY KEY, doc " + type + ")",
            "INSERT INTO item VALUES (1, '" + before + "'), (2, '" + before + "')");
        sides.copy();
        // An update would leave the document as it is, where the server holds both for equal.
        sides.atSource(
            "DELETE FROM item WHERE id = 1", "INSERT INTO item VALUES (1, '" + after + "')");
        sides.newPass("second");
        sides.copy();
        assertThat(sides.counts().updated()).isEqualTo(1);
        assertThat(TwoSides.rows(sides.target, "SELECT doc FROM item ORDER BY id"))
            .containsExactly(after, before);
        sides.newPass("third");
        sides.copy();
        assertThat(sides.counts().updated()).isZero();
      }
    }
  }
}
