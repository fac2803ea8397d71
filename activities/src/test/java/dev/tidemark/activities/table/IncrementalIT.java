package dev.tidemark.activities.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.workflows.table.Deletes;
import dev.tidemark.workflows.table.ModeSpec;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.RowSpec;
import dev.tidemark.workflows.table.SyncMode;
import dev.tidemark.workflows.table.TableSpec;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Passes over what changed, by a column that says when. */
class IncrementalIT {

  private static final String HOUR_AGO = "now() - interval '1' hour";

  /** As the sessions of these tests write it where it has no zone. */
  private static TableSpec spec(RowSpec rows) {
    return spec(rows, ZoneOffset.UTC);
  }

  private static TableSpec spec(RowSpec rows, @Nullable ZoneId zone) {
    return TwoSides.spec(
        10, 2, new ModeSpec(SyncMode.INCREMENTAL, "updated_at", zone, Deletes.IGNORE, null), rows);
  }

  private static TwoSides sides(TestServer from, TestServer to) {
    TwoSides sides = new TwoSides(from, to, spec(RowSpec.ALL));
    String instant = from == TestServer.POSTGRESQL ? "timestamptz(6)" : "datetime(6)";
    sides.atSource(
        ("CREATE TABLE item (id int PRIMARY KEY, note varchar(64) NOT NULL, updated_at " + instant)
            + " NOT NULL)",
        "CREATE INDEX item_updated ON item (updated_at)");
    for (int id = 1; id <= 45; id++) {
      sides.atSource("INSERT INTO item VALUES (" + id + ", 'old', " + HOUR_AGO + ")");
    }
    return sides;
  }

  private static void change(TwoSides sides, int id, String note) {
    sides.atSource("UPDATE item SET note = '" + note + "', updated_at = now() WHERE id = " + id);
  }

  @ParameterizedTest
  @EnumSource
  void readsOnlyWhatChangedSinceThePassBefore(TestServer from) throws Exception {
    TestServer to = from == TestServer.POSTGRESQL ? TestServer.MARIADB : TestServer.POSTGRESQL;
    try (TwoSides sides = sides(from, to)) {
      sides.copy();
      assertThat(sides.counts()).isEqualTo(new RowCounts(45, 45, 0, 0));
      change(sides, 7, "new");
      sides.atSource("INSERT INTO item VALUES (99, 'added', now())");

      sides.newPass("second");
      sides.copy();
      // Those of the hour before are as new as the newest was then.
      assertThat(sides.counts().inserted()).isEqualTo(1);
      assertThat(sides.counts().updated()).isEqualTo(1);
      sides.assertEqual("id, note");

      change(sides, 8, "newer");
      sides.newPass("third");
      sides.copy();
      assertThat(sides.counts().read()).as("not those of an hour ago").isLessThanOrEqualTo(3);
      assertThat(sides.counts().updated()).isEqualTo(1);
      sides.assertEqual("id, note");
    }
  }

  /** Five hours behind UTC, of which the database knows nothing. */
  private static String local(TestServer server) {
    return (server == TestServer.POSTGRESQL ? "(now() AT TIME ZONE 'UTC')" : "UTC_TIMESTAMP(6)")
        + " - interval '5' hour";
  }

  private static TwoSides localTimes(TestServer from, @Nullable ZoneId zone) {
    TestServer to = from == TestServer.POSTGRESQL ? TestServer.MARIADB : TestServer.POSTGRESQL;
    TwoSides sides = new TwoSides(from, to, spec(RowSpec.ALL, zone));
    sides.atSource(
        "CREATE TABLE item (id int PRIMARY KEY, note varchar(64) NOT NULL, updated_at "
            + (from == TestServer.POSTGRESQL ? "timestamp(6)" : "datetime(6)")
            + " NOT NULL)");
    for (int id = 1; id <= 20; id++) {
      sides.atSource(
          "INSERT INTO item VALUES (" + id + ", 'old', " + local(from) + " - interval '1' hour)");
    }
    return sides;
  }

  /** One clock is ahead; its time must not pass for that of all others. */
  private static void copyWhatChangesAfterATimeThatIsYetToCome(TwoSides sides, TestServer from)
      throws Exception {
    sides.copy();
    sides.atSource(
        "UPDATE item SET updated_at = " + local(from) + " + interval '2' hour WHERE id = 5");
    sides.newPass("second");
    sides.copy();
    sides.atSource("UPDATE item SET note = 'new', updated_at = " + local(from) + " WHERE id = 7");
    assertThirdPassReads(sides, "new", 7);
  }

  private static void assertThirdPassReads(TwoSides sides, String note, int id) throws Exception {
    sides.newPass("third");
    sides.copy();
    assertThat(TwoSides.rows(sides.target, "SELECT note FROM item WHERE id = " + id))
        .containsExactly(note);
    sides.assertEqual("id, note");
  }

  @ParameterizedTest
  @EnumSource
  void hidesNoRowWhereverItIsWritten(TestServer from) throws Exception {
    try (TwoSides sides = localTimes(from, null)) {
      copyWhatChangesAfterATimeThatIsYetToCome(sides, from);
      assertThat(sides.counts().read()).as("all of the last hours").isEqualTo(20);
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsOnlyWhatChangedWhereItIsToldTheZone(TestServer from) throws Exception {
    try (TwoSides sides = localTimes(from, ZoneId.of("Etc/GMT+5"))) {
      copyWhatChangesAfterATimeThatIsYetToCome(sides, from);
      assertThat(sides.counts().read()).as("not those of an hour ago").isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void missesNoRowThatIsCommittedLate(TestServer from) throws Exception {
    TestServer to = from == TestServer.MARIADB ? TestServer.POSTGRESQL : TestServer.MARIADB;
    try (TwoSides sides = sides(from, to);
        Connection late = TestServer.open(sides.source);
        Statement statement = late.createStatement()) {
      sides.copy();
      late.setAutoCommit(false);
      statement.execute("UPDATE item SET note = 'late', updated_at = now() WHERE id = 3");
      awaitSeconds(sides, 7);
      change(sides, 4, "in time");
      sides.newPass("second");
      sides.copy();
      late.commit();
      assertThirdPassReads(sides, "late", 3);
    }
  }

  /** A transaction that began some seconds ago, wrote a row and was prepared now. */
  private static String prepareLate(TwoSides sides) throws Exception {
    String name = sides.source.jdbcUrl().substring(sides.source.jdbcUrl().lastIndexOf('/') + 1);
    try (Connection late = TestServer.open(sides.source);
        Statement statement = late.createStatement()) {
      late.setAutoCommit(false);
      statement.execute("UPDATE item SET note = 'late', updated_at = now() WHERE id = 3");
      awaitSeconds(sides, 7);
      statement.execute("PREPARE TRANSACTION '" + name + "'");
    }
    return name;
  }

  @ParameterizedTest
  @EnumSource(names = "MARIADB")
  void missesNoRowOfATransactionThatWasPrepared(TestServer to) throws Exception {
    try (TwoSides sides = sides(TestServer.POSTGRESQL, to)) {
      sides.copy();
      String prepared = prepareLate(sides);
      change(sides, 4, "in time");
      sides.newPass("second");
      sides.copy();
      assertThat(sides.report.remarks())
          .singleElement(InstanceOfAssertFactories.STRING)
          .contains("prepared transaction " + prepared);
      sides.atSource("COMMIT PREPARED '" + prepared + "'");
      assertThirdPassReads(sides, "late", 3);
      assertThat(sides.report.remarks()).isEmpty();
      sides.newPass("fourth");
      sides.copy();
      assertThat(sides.counts().read()).as("not those of an hour ago").isLessThanOrEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "MARIADB")
  void aFirstPassLeavesNoWatermarkBesideATransactionThatWasPrepared(TestServer to)
      throws Exception {
    try (TwoSides sides = sides(TestServer.POSTGRESQL, to)) {
      change(sides, 12, "new");
      sides.copy();
      String prepared = prepareLate(sides);
      sides.spec = spec(new RowSpec("id > 10", Map.of("note", "hash")));
      sides.newPass("second");
      sides.copy();
      sides.newPass("third");
      sides.copy();
      assertThat(sides.counts().read()).as("every row once more").isEqualTo(35);

      sides.atSource("ROLLBACK PREPARED '" + prepared + "'");
      sides.spec = spec(RowSpec.ALL);
      sides.newPass("fourth");
      sides.copy();
      assertThat(sides.counts().read()).as("others were written since then").isEqualTo(45);
      sides.assertEqual("id, note");
    }
  }

  @ParameterizedTest
  @EnumSource(names = "MARIADB")
  void isRefusedWhereSessionsDoNotTellWhatTheyDo(TestServer to) throws Exception {
    try (TwoSides sides = sides(TestServer.POSTGRESQL, to);
        Connection late = TestServer.open(sides.source);
        Statement statement = late.createStatement()) {
      sides.copy();
      statement.execute("SET track_activities = off");
      late.setAutoCommit(false);
      statement.execute("UPDATE item SET note = 'late', updated_at = now() WHERE id = 3");
      sides.newPass("second");
      assertHidden(sides);
      // It tells from now on, but not when its transaction began.
      statement.execute("SET track_activities = on");
      assertHidden(sides);
      late.commit();
      sides.copy();
      sides.assertEqual("id, note");
    }
  }

  private static void assertHidden(TwoSides sides) {
    assertThatThrownBy(sides::copy)
        .isInstanceOfSatisfying(
            SyncException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.TRANSACTIONS_HIDDEN);
              assertThat(e).hasMessageContaining("track_activities");
            });
  }

  /** It was written before the clock was put forward, and is committed after that. */
  @ParameterizedTest
  @EnumSource
  void missesNoRowOverASwitchOfTheClock(TestServer from) throws Exception {
    Spring.begins(Instant.now().plus(Duration.ofHours(1)));
    try (TwoSides sides = localTimes(from, Spring.zone());
        Connection late = TestServer.open(sides.source);
        Statement statement = late.createStatement()) {
      sides.copy();
      late.setAutoCommit(false);
      statement.execute(
          "UPDATE item SET note = 'late', updated_at = " + local(from) + " WHERE id = 3");
      Spring.begins(Instant.now().plus(Duration.ofSeconds(1)));
      awaitSeconds(sides, 7);
      sides.atSource(
          ("UPDATE item SET note = 'in time', updated_at = " + local(from))
              + " + interval '1' hour WHERE id = 4");
      sides.newPass("second");
      sides.copy();
      late.commit();
      assertThirdPassReads(sides, "late", 3);
    }
  }

  /** A place five hours behind UTC whose clock is put forward by one when a test wants it. */
  private static final class Spring extends ZoneRulesProvider {

    private static final Set<String> ZONES = Set.of("Tidemark/Spring");
    private static final ZoneOffset WINTER = ZoneOffset.ofHours(-5);
    private static final AtomicReference<Instant> SWITCH = new AtomicReference<>(Instant.EPOCH);

    static {
      registerProvider(new Spring());
    }

    static ZoneId zone() {
      return ZoneId.of(ZONES.iterator().next());
    }

    static void begins(Instant moment) {
      SWITCH.set(moment.truncatedTo(ChronoUnit.SECONDS));
    }

    @Override
    protected Set<String> provideZoneIds() {
      return ZONES;
    }

    @Override
    protected @Nullable ZoneRules provideRules(String zone, boolean forCaching) {
      LocalDateTime moment = LocalDateTime.ofInstant(SWITCH.get(), WINTER);
      return forCaching
          ? null
          : ZoneRules.of(
              WINTER,
              WINTER,
              List.of(),
              List.of(ZoneOffsetTransition.of(moment, WINTER, ZoneOffset.ofHours(-4))),
              List.of());
    }

    @Override
    protected NavigableMap<String, ZoneRules> provideVersions(String zone) {
      return new TreeMap<>();
    }
  }

  /** Until the source's clock has gone on: what is tested is a transaction that stays open. */
  private static void awaitSeconds(TwoSides sides, int seconds) throws Exception {
    String until =
        TwoSides.rows(sides.source, "SELECT now() + interval '" + seconds + "' second").getFirst();
    Awaitility.await()
        .until(
            () ->
                TwoSides.rows(sides.source, "SELECT 1 WHERE now() > '" + until + "'").size() == 1);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "MYSQL")
  void goesOnInTheMiddleOfWhatChanged(TestServer to) throws Exception {
    try (TwoSides sides = sides(TestServer.POSTGRESQL, to)) {
      sides.copy();
      sides.atSource("UPDATE item SET note = 'all of one moment', updated_at = now()");
      sides.newPass("second");
      assertThat(sides.copy(() -> sides.counts().read() >= 20)).isFalse();
      long before = sides.counts().read();
      assertThat(before).isLessThan(45);
      sides.copy();
      assertThat(sides.counts()).isEqualTo(new RowCounts(45, 0, 45, 0));
      sides.assertEqual("id, note");
    }
  }

  @ParameterizedTest
  @EnumSource(names = "MARIADB")
  void aPassThatWasNotFinishedMovesNoWatermark(TestServer to) throws Exception {
    try (TwoSides sides = sides(TestServer.POSTGRESQL, to)) {
      sides.copy();
      sides.atSource("UPDATE item SET note = 'changed', updated_at = now()");
      sides.newPass("interrupted");
      assertThat(sides.copy(() -> sides.counts().read() >= 20)).isFalse();
      sides.newPass("another");
      sides.copy();
      assertThat(sides.counts().read()).isEqualTo(45);
      sides.assertEqual("id, note");
    }
  }

  @ParameterizedTest
  @EnumSource
  void startsOverWhenItsRowsVanishedOrItReadsOtherRows(TestServer to) throws Exception {
    try (TwoSides sides = sides(TestServer.POSTGRESQL, to)) {
      sides.copy();
      sides.atTarget("DELETE FROM item");
      sides.newPass("second");
      sides.copy();
      assertThat(sides.counts()).isEqualTo(new RowCounts(45, 45, 0, 0));

      sides.spec = spec(new RowSpec("id > 10", Map.of("note", "hash")));
      sides.newPass("third");
      sides.copy();
      assertThat(sides.counts().read()).isEqualTo(35);
      assertThat(TwoSides.rows(sides.target, "SELECT note FROM item WHERE id = 20").getFirst())
          .as("SHA-256 of old")
          .isEqualTo("cba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4");
    }
  }

  @ParameterizedTest
  @EnumSource(names = "MARIADB")
  void refusesRowsOfWhichNobodyKnowsWhenTheyChanged(TestServer to) throws Exception {
    try (TwoSides sides = sides(TestServer.POSTGRESQL, to)) {
      sides.atSource(
          "ALTER TABLE item ALTER updated_at DROP NOT NULL",
          "UPDATE item SET updated_at = NULL WHERE id = 9");
      assertThatThrownBy(sides::copy)
          .isInstanceOfSatisfying(
              SyncException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.COLUMN_MISMATCH);
                assertThat(e).hasMessageContaining("updated_at of item is NULL in some rows");
              });
      sides.spec =
          TwoSides.spec(
              10, 2, new ModeSpec(SyncMode.INCREMENTAL, "id", Deletes.IGNORE, null), RowSpec.ALL);
      assertThatThrownBy(sides::copy).hasMessageContaining("holds no time of a change");
    }
  }
}
