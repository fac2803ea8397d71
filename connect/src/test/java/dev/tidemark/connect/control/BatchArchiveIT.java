package dev.tidemark.connect.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchArchiveIT {

  private static final Instant START = Instant.parse("2025-11-08T14:30:52.123456Z");

  private static EmbeddedPostgres postgres;
  private static ControlDatabase database;

  private BatchArchive archive;

  @BeforeAll
  static void open() throws IOException {
    postgres = EmbeddedPostgres.start();
    database = ControlDatabase.open(ControlDatabases.in(postgres, "control"));
  }

  @AfterAll
  static void close() throws IOException {
    database.close();
    postgres.close();
  }

  @BeforeEach
  void empty() throws SQLException {
    archive = database.batches();
    execute("truncate control.sync_batches cascade");
  }

  @Test
  void givesBackWhatWasSaved() {
    ArchivedBatch batch = batch("a", "failed", START, START.plusSeconds(90), START);
    List<ArchivedTable> tables =
        List.of(
            table("a", "pgsql_lmp", "c_invoice", "completed", 2),
            new ArchivedTable(
                "a",
                "pgsql_lmp",
                "public",
                "ad_org",
                "AdOrg",
                "ad_org",
                "failed",
                7,
                4,
                2,
                1,
                6,
                8,
                9,
                "TABLE_NOT_FOUND",
                "Ünï 🌊 'quoted'",
                "Create it.",
                START,
                START.plusSeconds(3),
                5,
                1,
                List.of("index 'a', \"b\" could not be made", "{left out}"),
                3,
                2));
    archive.save(batch, tables);

    assertThat(archive.find("a")).contains(batch);
    assertThat(archive.tables("a")).containsExactly(tables.get(1), tables.get(0));
    assertThat(archive.find("b")).isEmpty();
    assertThat(archive.tables("b")).isEmpty();
  }

  @Test
  void computesDurations() throws SQLException {
    archive.save(
        batch("a", "completed", START, START.plusMillis(1500), START),
        List.of(table("a", "c", "t", "pending", 0)));
    assertThat(number("select duration_seconds from control.sync_batches")).isEqualTo(1.5);
    assertThat(number("select duration_seconds from control.sync_progress")).isNull();
  }

  @Test
  void theLastWriteWins() {
    archive.save(
        batch("a", "running", START, null, START),
        List.of(table("a", "c", "x", "pending", 0), table("a", "c", "y", "pending", 1)));
    archive.save(
        batch("a", "completed", START, START.plusSeconds(5), START.plusSeconds(5)),
        List.of(table("a", "c", "y", "completed", 0)));

    assertThat(archive.find("a").orElseThrow().status()).isEqualTo("completed");
    assertThat(archive.tables("a")).containsExactly(table("a", "c", "y", "completed", 0));
  }

  @Test
  void anOlderStateChangesNothing() {
    ArchivedBatch closed =
        batch("a", "completed", START, START.plusSeconds(5), START.plusSeconds(5));
    List<ArchivedTable> tables = List.of(table("a", "c", "y", "completed", 0));
    archive.save(closed, tables);
    archive.save(
        batch("a", "running", START, null, START.plusSeconds(4)),
        List.of(table("a", "c", "y", "in_progress", 0)));

    assertThat(archive.find("a")).contains(closed);
    assertThat(archive.tables("a")).isEqualTo(tables);
  }

  @Test
  void holdsThousandsOfTables() {
    List<ArchivedTable> tables =
        IntStream.range(0, 2_345)
            .mapToObj(i -> table("a", "c", "table_" + i, "pending", i))
            .toList();
    archive.save(batch("a", "running", START, null, START), tables);
    archive.save(batch("a", "running", START, null, START), tables);
    assertThat(archive.tables("a")).isEqualTo(tables);
  }

  @Test
  void tablesThatSayNothingNewAreNotWritten() throws SQLException {
    List<ArchivedTable> before =
        List.of(table("a", "c", "x", "pending", 0), table("a", "c", "y", "pending", 1));
    archive.save(batch("a", "running", START, null, START), before);
    String writtenBy = "select xmin::text::bigint from control.sync_progress where table_name = ";
    Double x = number(writtenBy + "'x'");
    Double y = number(writtenBy + "'y'");

    archive.save(
        batch("a", "running", START, null, START.plusSeconds(1)),
        List.of(before.get(0), table("a", "c", "y", "in_progress", 1)));

    assertThat(number(writtenBy + "'x'")).isEqualTo(x);
    assertThat(number(writtenBy + "'y'")).isNotEqualTo(y);
  }

  @Test
  void listsNewestFirstPageByPage() {
    for (int i = 0; i < 7; i++) {
      // Two of them start in the same instant.
      Instant startedAt = START.plusSeconds(i == 4 ? 3 : i);
      archive.save(batch("b" + i, "completed", startedAt, startedAt, startedAt), List.of());
    }
    List<String> seen = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    String cursor = null;
    do {
      BatchPage page = archive.list(BatchFilter.ANY, cursor, 3);
      page.batches().forEach(batch -> seen.add(batch.batchId()));
      sizes.add(page.batches().size());
      cursor = page.nextCursor();
    } while (cursor != null);

    assertThat(seen).containsExactly("b6", "b5", "b4", "b3", "b2", "b1", "b0");
    assertThat(sizes).containsExactly(3, 3, 1);
    assertThat(archive.latest().orElseThrow().batchId()).isEqualTo("b6");
  }

  @Test
  void refusesACursorOfItsOwnMaking() {
    assertThatThrownBy(() -> archive.list(BatchFilter.ANY, "nonsense", 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cursor");
  }

  @Test
  void filters() {
    archive.save(
        batch("a", "completed", START, START, START),
        List.of(table("a", "pgsql_lmp", "x", "completed", 0)));
    archive.save(
        batch("b", "failed", START.plusSeconds(1), START, START),
        List.of(table("b", "pgsql_sby", "x", "failed", 0)));

    assertThat(ids(new BatchFilter("failed", null, null))).containsExactly("b");
    assertThat(ids(new BatchFilter(null, "branches", null))).containsExactly("b", "a");
    assertThat(ids(new BatchFilter(null, "other", null))).isEmpty();
    assertThat(ids(new BatchFilter(null, null, "pgsql_lmp"))).containsExactly("a");
    assertThat(ids(new BatchFilter("failed", "branches", "pgsql_lmp"))).isEmpty();
  }

  @Test
  void addsUpTables() {
    archive.save(
        batch("a", "running", START, null, START),
        List.of(
            table("a", "c", "x", "completed", 0),
            table("a", "c", "y", "in_progress", 1),
            table("a", "c", "z", "pending", 2)));
    archive.save(batch("b", "running", START, null, START), List.of());

    // Each has 10 rows read of 25; those of the completed table are all there are.
    assertThat(archive.totals(List.of("a", "b", "unknown")))
        .containsOnly(entry("a", new BatchTotals(1, 1, 30, 15, 9, 6, 12, 3, 60)));
  }

  @Test
  void remembersTheTablesOfASource() {
    archive.save(
        batch("a", "completed", START, START, START),
        List.of(table("a", "pgsql_lmp", "x", "completed", 0)));
    archive.save(
        batch("b", "completed", START.plusSeconds(1), START, START),
        List.of(
            table("b", "pgsql_lmp", "y", "completed", 0),
            table("b", "pgsql_sby", "y", "completed", 1)));
    archive.save(
        batch("c", "failed", START.plusSeconds(2), START, START),
        List.of(
            table("c", "pgsql_sby", "y", "completed", 0),
            table("c", "pgsql_lmp", "*", "failed", 1)));

    assertThat(archive.lastKnownTables("branches", "pgsql_lmp"))
        .containsExactly(table("b", "pgsql_lmp", "y", "completed", 0));
    assertThat(archive.lastKnownTables("other", "pgsql_lmp")).isEmpty();
    assertThat(archive.lastKnownTables("branches", "pgsql_new")).isEmpty();
  }

  @Test
  void closesWhatATerminatedRunLeft() {
    archive.save(
        batch("a", "running", START, null, START),
        List.of(table("a", "c", "x", "in_progress", 0), table("a", "c", "y", "completed", 1)));
    archive.save(batch("b", "completed", START, START, START), List.of());
    assertThat(archive.running()).containsExactly("a");

    Instant end = START.plusSeconds(9);
    assertThat(archive.closeAbandoned("a", "interrupted", end, end)).isTrue();
    assertThat(archive.closeAbandoned("a", "failed", end, end)).isFalse();
    assertThat(archive.closeAbandoned("b", "failed", end, end)).isFalse();

    assertThat(archive.running()).isEmpty();
    ArchivedBatch closed = archive.find("a").orElseThrow();
    assertThat(closed.status()).isEqualTo("interrupted");
    assertThat(closed.endedAt()).isEqualTo(START.plusSeconds(9));
    assertThat(archive.tables("a"))
        .extracting(ArchivedTable::status)
        .containsExactly("pending", "completed");
  }

  @Test
  void leavesABatchThatWasResumedSinceItsRunClosed() {
    ArchivedBatch resumed = batch("a", "running", START, null, START.plusSeconds(10));
    archive.save(resumed, List.of(table("a", "c", "x", "in_progress", 0)));

    Instant end = START.plusSeconds(9);
    assertThat(archive.closeAbandoned("a", "interrupted", end, end)).isFalse();

    assertThat(archive.find("a")).contains(resumed);
    assertThat(archive.tables("a"))
        .extracting(ArchivedTable::status)
        .containsExactly("in_progress");
    Instant later = START.plusSeconds(10);
    assertThat(archive.closeAbandoned("a", "interrupted", later, later)).isTrue();
  }

  @Test
  void deletesOldClosedBatchesWithTheirTables() throws SQLException {
    archive.save(
        batch("old", "completed", START, START.plusSeconds(1), START),
        List.of(table("old", "c", "x", "completed", 0)));
    archive.save(batch("new", "failed", START, START.plusSeconds(100), START), List.of());
    archive.save(batch("running", "running", START, null, START), List.of());

    assertThat(archive.deleteClosedBefore(START.plusSeconds(50))).isEqualTo(1);

    assertThat(ids(BatchFilter.ANY)).containsExactlyInAnyOrder("new", "running");
    assertThat(number("select count(*) from control.sync_progress")).isZero();
  }

  private List<String> ids(BatchFilter filter) {
    return archive.list(filter, null, 20).batches().stream().map(ArchivedBatch::batchId).toList();
  }

  @Test
  void anAnnouncementGivesWayToEveryState() {
    ArchivedBatch saved = batch("a", "completed", START, START.plusSeconds(9), START);
    archive.announce(batch("b", "running", START, null, Instant.EPOCH));
    assertThat(archive.find("b")).get().extracting(ArchivedBatch::status).isEqualTo("running");
    archive.save(batch("b", "failed", START, START, START), List.of());
    assertThat(archive.find("b")).get().extracting(ArchivedBatch::status).isEqualTo("failed");

    archive.save(saved, List.of());
    archive.announce(batch("a", "running", START, null, Instant.EPOCH));
    assertThat(archive.find("a")).contains(saved);
  }

  @Test
  void reopensTheStateThatWasResumedAndNoLaterOne() {
    archive.save(batch("a", "failed", START, START.plusSeconds(9), START), List.of());
    archive.reopen("a", START.minusSeconds(1));
    assertThat(archive.find("a")).get().extracting(ArchivedBatch::status).isEqualTo("failed");
    archive.reopen("a", START);
    ArchivedBatch reopened = archive.find("a").orElseThrow();
    assertThat(reopened.status()).isEqualTo("running");
    assertThat(reopened.endedAt()).isNull();
    assertThat(reopened.verificationJson()).as("of the run before").isNull();
    assertThat(reopened.interruption()).as("of the run before").isNull();
  }

  private static ArchivedBatch batch(
      String id, String status, Instant startedAt, @Nullable Instant endedAt, Instant recordedAt) {
    return new ArchivedBatch(
        id,
        "branches",
        status,
        true,
        3,
        2,
        1,
        0,
        "{\"tables\": []}",
        "{\"name\": \"branches\"}",
        startedAt,
        endedAt,
        "ci",
        recordedAt,
        "{\"id\": \"verify_1\"}",
        "lunch (by ci)");
  }

  private static ArchivedTable table(
      String batchId, String connection, String table, String status, int position) {
    return new ArchivedTable(
        batchId,
        connection,
        "public",
        table,
        "X",
        table,
        status,
        10,
        5,
        3,
        2,
        4,
        1,
        25,
        null,
        null,
        null,
        null,
        null,
        0,
        position,
        List.of());
  }

  private static void execute(String sql) throws SQLException {
    try (Connection session = postgres.getPostgresDatabase().getConnection();
        Statement statement = session.createStatement()) {
      statement.execute(sql);
    }
  }

  private static @Nullable Double number(String sql) throws SQLException {
    try (Connection session = postgres.getPostgresDatabase().getConnection();
        Statement statement = session.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      double value = result.getDouble(1);
      return result.wasNull() ? null : value;
    }
  }
}
