package dev.tidemark.api.letter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidemark.api.ApiEnvironment;
import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.connect.catalog.TablePath;
import dev.tidemark.connect.checkpoint.SliceKey;
import dev.tidemark.connect.configuration.BatchConfiguration;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import dev.tidemark.connect.connection.Connections;
import dev.tidemark.connect.letter.LetterTable;
import dev.tidemark.connect.letter.Refusal;
import dev.tidemark.connect.letter.RefusedRow;
import dev.tidemark.connect.letter.SliceLetters;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Letters where batches have two targets, here two schemas of one server. */
class LettersOfTargetsIT {

  private static ApiEnvironment environment;
  private static Connections connections;
  private static Letters letters;

  @BeforeAll
  static void start() throws IOException {
    environment = new ApiEnvironment();
    TidemarkConfiguration one = environment.configuration();
    Map<String, ConnectionConfiguration> both = new HashMap<>(one.connections());
    ConnectionConfiguration dashboard = connection(one, "dashboard");
    both.put(
        "archive",
        new ConnectionConfiguration(
            "archive",
            dashboard.type(),
            dashboard.jdbcUrl(),
            dashboard.username(),
            dashboard.password(),
            "archive",
            4,
            false));
    BatchConfiguration branches = ApiEnvironment.branches();
    BatchConfiguration archive =
        new BatchConfiguration(
            "archive",
            branches.sources(),
            "archive",
            branches.tables(),
            branches.excludeTables(),
            Map.of(),
            branches.copy(),
            4,
            2,
            branches.retry(),
            false,
            true);
    connections = new Connections(both.values());
    letters =
        new Letters(
            new TidemarkConfiguration(
                both,
                Map.of("branches", branches, "archive", archive),
                one.control(),
                one.temporal(),
                one.worker(),
                one.api(),
                List.of()),
            connections);
  }

  private static ConnectionConfiguration connection(TidemarkConfiguration of, String name) {
    return Objects.requireNonNull(of.connections().get(name));
  }

  @AfterAll
  static void stop() throws IOException {
    connections.close();
    environment.close();
  }

  /** The same first row in both; then others in turns. */
  @BeforeEach
  void write() throws SQLException {
    try (Connection session = connections.open("dashboard");
        Statement statement = session.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS tidemark_dead_letter");
      statement.execute("DROP SCHEMA IF EXISTS archive CASCADE");
      statement.execute("CREATE SCHEMA archive");
      statement.execute("CREATE TABLE archive.ledger (id integer PRIMARY KEY)");
    }
    for (int id = 1; id <= 5; id++) {
      keep("dashboard", "orders", id);
      keep("archive", id == 1 ? "orders" : "ledger", id);
    }
  }

  private static void keep(String target, String table, int id) throws SQLException {
    LetterTable there = new LetterTable(connections.configuration(target));
    try (Connection session = connections.open(target)) {
      there.prepare(session);
      Map<String, @Nullable String> values = new HashMap<>();
      values.put("id", String.valueOf(id));
      SliceLetters.Kept kept =
          new SliceLetters(
                  there,
                  new SliceKey(table, ""),
                  new SliceLetters.Writer("pgsql_lmp.public." + table, "sync_1", "{}", 10),
                  written -> Set.of())
              .keep(
                  session,
                  new RefusedRow(Map.of("id", String.valueOf(id)), values),
                  new Refusal("VALUE_DOES_NOT_FIT", "too long", "id"),
                  () -> false);
      assertThat(kept).isEqualTo(SliceLetters.Kept.NEW);
    }
  }

  private static List<String> places(List<LetterView> page) {
    return page.stream()
        .map(letter -> letter.connection() + "." + letter.table() + letter.key().get("id"))
        .toList();
  }

  @Test
  void pagesGoThroughAllTargetsNewestFirst() {
    List<String> seen = new ArrayList<>();
    String cursor = null;
    int pages = 0;
    do {
      LetterView.Listing page = letters.page(null, null, "open", cursor, 3);
      seen.addAll(places(page.letters()));
      cursor = page.nextCursor();
      pages++;
    } while (cursor != null);
    assertThat(pages).isEqualTo(4);
    assertThat(seen)
        .containsExactly(
            "archive.ledger5",
            "dashboard.orders5",
            "archive.ledger4",
            "dashboard.orders4",
            "archive.ledger3",
            "dashboard.orders3",
            "archive.ledger2",
            "dashboard.orders2",
            "archive.orders1",
            "dashboard.orders1");
    assertThat(letters.page(null, null, "open", null, 10).nextCursor()).isNull();
  }

  @Test
  void aTableIsLookedForInAllTargets() {
    assertThat(places(letters.page(null, "ledger", null, null, 20).letters()))
        .containsExactly(
            "archive.ledger5", "archive.ledger4", "archive.ledger3", "archive.ledger2");
    assertThat(places(letters.page(null, "Orders", null, null, 20).letters()))
        .hasSize(6)
        .contains("archive.orders1", "dashboard.orders1");
    assertThat(letters.page("dashboard", "orders", null, null, 20).letters()).hasSize(5);
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> letters.page(null, "ledgre", null, null, 20))
        .withMessageContaining("no table [ledgre] in archive, dashboard")
        .withMessageContaining("Did you mean archive.ledger?");
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> letters.page("dashboard", "ledger", null, null, 20));
  }

  @Test
  void anIdIsLookedForInAllTargets() {
    LetterView ledger = letters.page("archive", "ledger", null, null, 1).letters().getFirst();
    assertThat(letters.get(null, ledger.id())).isEqualTo(ledger);
    letters.discard(null, ledger.id());
    assertThat(letters.get("archive", ledger.id()).state()).isEqualTo("discarded");

    LetterView both = letters.page("archive", "orders", null, null, 1).letters().getFirst();
    assertThatExceptionOfType(ProblemException.class)
        .as("the same row went to both")
        .isThrownBy(() -> letters.open(null, both.id()))
        .satisfies(
            refused ->
                assertThat(refused.problem().toString())
                    .contains("must name a target: archive, dashboard"));
    assertThat(letters.open("dashboard", both.id()).connection()).isEqualTo("dashboard");
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> letters.get(null, "0123"))
        .withMessageContaining("[0123] in archive, dashboard");
  }

  @Test
  void aRetryTakesTheTargetThatHasOpenLettersOfTheTable() {
    assertThat(letters.table(null, "ledger"))
        .isEqualTo(new TablePath("archive", "archive", "ledger"));
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> letters.table(null, "orders"))
        .satisfies(
            refused ->
                assertThat(refused.problem().toString())
                    .contains("must name a target: archive, dashboard"));
    letters.discard(
        "archive", letters.page("archive", "orders", null, null, 1).letters().getFirst().id());
    assertThat(letters.table(null, "orders").connection()).isEqualTo("dashboard");
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> letters.table("archive", "orders"))
        .withMessageContaining("has no open dead letters");
  }
}
