package dev.tidemark.activities.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.workflows.table.Deletes;
import dev.tidemark.workflows.table.ModeSpec;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.RowSpec;
import dev.tidemark.workflows.table.SyncMode;
import dev.tidemark.workflows.table.TableSpec;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows that the target refuses, and what is kept of them. */
class LettersIT {

  private static final int ROWS = 10_000;

  private static final ModeSpec DIFF = new ModeSpec(SyncMode.DIFF, null, Deletes.HARD, null);
  private static final ModeSpec REPLACE = new ModeSpec(SyncMode.REPLACE, null, Deletes.HARD, null);
  private static final ModeSpec INCREMENTAL =
      new ModeSpec(SyncMode.INCREMENTAL, "changed_at", Deletes.IGNORE, null);

  /** What is wrong, and with which row. */
  private static final String TARGET =
      "CREATE TABLE item (id int PRIMARY KEY, note varchar(50) NOT NULL, n int, email varchar(60)"
          + " UNIQUE)";

  private static final List<Integer> REFUSED = List.of(17, 4321, 4322, 9_999, 10_000);

  private static TableSpec spec(ModeSpec mode, int chunkRows, RowSpec rows) {
    return TwoSides.spec(chunkRows, 1, mode, rows);
  }

  private static TableSpec spec(ModeSpec mode, int deadLetters) {
    return spec(mode, 0, new RowSpec(null, Map.of(), deadLetters));
  }

  private static TwoSides sides(TestServer to, TableSpec spec) {
    TwoSides sides = new TwoSides(TestServer.POSTGRESQL, to, spec);
    sides.atSource(
        "CREATE TABLE item (id int PRIMARY KEY, note text, n bigint, email text, changed_at"
            + " timestamptz DEFAULT now() - interval '1 hour')",
        "INSERT INTO item SELECT i, 'note ' || i, i, 'e' || i || '@example.com'"
            + " FROM generate_series(1, 10000) i",
        "UPDATE item SET changed_at = now() - interval '1 minute' WHERE id = 1",
        "UPDATE item SET note = repeat('x', 60) WHERE id IN (17, 10000)",
        "UPDATE item SET n = 99999999999 WHERE id = 4321",
        "UPDATE item SET note = NULL WHERE id = 4322",
        "UPDATE item SET email = 'e1@example.com' WHERE id = 9999");
    sides.atTarget(TARGET);
    sides.spec =
        new TableSpec(
            null,
            List.of(),
            List.of(),
            spec.mode().mode() == SyncMode.INCREMENTAL ? List.of() : List.of("changed_at"),
            Map.of(),
            Map.of(),
            spec.chunkRows(),
            spec.parallelRanges(),
            spec.mode(),
            spec.rows());
    if (spec.mode().mode() == SyncMode.INCREMENTAL) {
      sides.atTarget(
          "ALTER TABLE item ADD changed_at "
              + (to == TestServer.POSTGRESQL ? "timestamptz" : "datetime(6)"));
    }
    return sides;
  }

  /** The letters in short. */
  private static List<String> letters(TwoSides sides, String columns) throws SQLException {
    return TwoSides.rows(
        sides.target, "SELECT " + columns + " FROM tidemark_dead_letter ORDER BY row_key");
  }

  private static void assertAllButTheRefused(TwoSides sides) throws SQLException {
    String refused = REFUSED.stream().map(String::valueOf).collect(Collectors.joining(", "));
    String columns = "SELECT id, note, n, email FROM item WHERE id NOT IN (" + refused + ")";
    assertThat(TwoSides.rows(sides.target, columns + " ORDER BY id"))
        .isEqualTo(TwoSides.rows(sides.source, columns + " ORDER BY id"));
    assertThat(
            TwoSides.rows(sides.target, "SELECT count(*) FROM item WHERE id IN (" + refused + ")"))
        .containsExactly("0");
  }

  private static Stream<Arguments> everyMode() {
    return Stream.of(ModeSpec.FULL, DIFF, REPLACE, INCREMENTAL)
        .flatMap(mode -> Stream.of(TestServer.values()).map(to -> Arguments.of(mode, to)));
  }

  @ParameterizedTest
  @MethodSource("everyMode")
  void allOtherRowsArriveAndTheLettersAreExact(ModeSpec mode, TestServer to) throws Exception {
    try (TwoSides sides = sides(to, spec(mode, 100))) {
      sides.copy();
      assertThat(sides.counts())
          .isEqualTo(new RowCounts(ROWS, ROWS - 5, 0, 0, 0, 0, REFUSED.size()));
      assertAllButTheRefused(sides);
      assertThat(letters(sides, "row_key, code, column_name, state, attempts, pass, slice"))
          .containsExactly(
              "{\"id\":\"10000\"}|VALUE_DOES_NOT_FIT|note|open|1|first|",
              "{\"id\":\"17\"}|VALUE_DOES_NOT_FIT|note|open|1|first|",
              "{\"id\":\"4321\"}|VALUE_DOES_NOT_FIT|n|open|1|first|",
              "{\"id\":\"4322\"}|" + refusesNull(to) + "|note|open|1|first|",
              "{\"id\":\"9999\"}|KEY_NOT_UNIQUE|null|open|1|first|");
      assertThat(letters(sides, "row_values").get(2))
          .startsWith(
              "{\"id\":\"4321\",\"note\":\"note 4321\",\"n\":\"99999999999\","
                  + "\"email\":\"e4321@example.com\"");
      assertThat(letters(sides, "row_values").get(3)).contains("\"note\":null");
    }
  }

  private static String refusesNull(TestServer to) {
    return to == TestServer.POSTGRESQL ? "CONSTRAINT_VIOLATED" : "VALUE_DOES_NOT_FIT";
  }

  @ParameterizedTest
  @MethodSource("everyMode")
  void theNextPassRenewsTheLettersAndDoublesNone(ModeSpec mode, TestServer to) throws Exception {
    try (TwoSides sides = sides(to, spec(mode, 100))) {
      sides.copy();
      sides.newPass("second");
      sides.copy();
      boolean readAgain = mode.mode() != SyncMode.INCREMENTAL;
      assertThat(letters(sides, "state, attempts, pass"))
          .hasSize(5)
          .containsOnly("open|" + (readAgain ? "2|second" : "1|first"));
      assertThat(sides.counts().deadLetters()).isEqualTo(5);
      assertThat(sides.counts().inserted()).isEqualTo(mode.mode() == SyncMode.REPLACE ? 9_995 : 0);
      assertAllButTheRefused(sides);
    }
  }

  @ParameterizedTest
  @MethodSource("everyMode")
  void aRowThatIsTakenAfterAllResolvesItsLetterAndOneThatIsGoneDiscardsIt(
      ModeSpec mode, TestServer to) throws Exception {
    try (TwoSides sides = sides(to, spec(mode, 100))) {
      sides.copy();
      sides.atSource(
          "UPDATE item SET note = 'short', changed_at = now() WHERE id = 17",
          "DELETE FROM item WHERE id = 4321");
      sides.newPass("second");
      sides.copy();
      assertThat(letters(sides, "row_key, state"))
          .containsExactly(
              "{\"id\":\"10000\"}|open",
              "{\"id\":\"17\"}|resolved",
              "{\"id\":\"4321\"}|discarded",
              "{\"id\":\"4322\"}|open",
              "{\"id\":\"9999\"}|open");
      assertThat(TwoSides.rows(sides.target, "SELECT note FROM item WHERE id = 17"))
          .containsExactly("short");
    }
  }

  @ParameterizedTest
  @MethodSource("everyMode")
  void sessionsThatAreCutLoseNoLetterAndDoubleNone(ModeSpec mode, TestServer to) throws Exception {
    try (TwoSides sides = sides(to, spec(mode, 700, new RowSpec(null, Map.of(), 100)))) {
      AtomicInteger cuts = new AtomicInteger();
      long[] cutAt = {0};
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .ignoreExceptions()
          .until(
              () ->
                  sides.copy(
                      () -> {
                        long read = sides.counts().read();
                        if (read > cutAt[0] && cuts.incrementAndGet() <= 6) {
                          cutAt[0] = read;
                          endSessions(cuts.get() % 2 == 0 ? sides.source : sides.target);
                        }
                        return false;
                      }));
      assertThat(cuts.get()).isPositive();
      assertAllButTheRefused(sides);
      assertThat(letters(sides, "state")).hasSize(5).containsOnly("open");
      assertThat(sides.counts().deadLetters()).isEqualTo(5);
    }
  }

  private static void endSessions(ConnectionConfiguration database) {
    if (database.type() == DatabaseType.POSTGRESQL) {
      TestServer.execute(
          database,
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname ="
              + " current_database() AND pid <> pg_backend_pid()");
      return;
    }
    try {
      for (String kill :
          TwoSides.rows(
              database,
              "SELECT concat('KILL ', id) FROM information_schema.processlist"
                  + " WHERE db = database() AND id <> connection_id()")) {
        TestServer.execute(database, kill);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void moreLettersThanTheLimitFailTheTableAndThoseWrittenStay(TestServer to) throws Exception {
    try (TwoSides sides = sides(to, spec(ModeSpec.FULL, 3))) {
      assertThatThrownBy(sides::copy)
          .isInstanceOfSatisfying(
              SyncException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.TOO_MANY_DEAD_LETTERS);
                assertThat(e).hasMessageContaining("item").hasMessageContaining("id=9999");
                assertThat(e.remedy()).contains("dead-letters");
              });
      assertThat(letters(sides, "state")).hasSize(3).containsOnly("open");

      sides.spec = withLetters(sides.spec, 5);
      sides.copy();
      assertThat(letters(sides, "state")).hasSize(5).containsOnly("open");
      assertThat(sides.counts())
          .isEqualTo(new RowCounts(ROWS, ROWS - 5, 0, 0, 0, 0, REFUSED.size()));
      assertAllButTheRefused(sides);
    }
  }

  private static TableSpec withLetters(TableSpec spec, int letters) {
    return new TableSpec(
        spec.target(),
        spec.key(),
        spec.include(),
        spec.exclude(),
        spec.rename(),
        spec.constants(),
        spec.chunkRows(),
        spec.parallelRanges(),
        spec.mode(),
        new RowSpec(spec.rows().filter(), spec.rows().mask(), letters));
  }

  @ParameterizedTest
  @EnumSource
  void lettersThatWereResolvedLongAgoAreForgotten(TestServer to) throws Exception {
    try (TwoSides sides = sides(to, spec(ModeSpec.FULL, 10))) {
      sides.copy();
      sides.atSource("UPDATE item SET note = 'short' WHERE id IN (17, 10000)");
      sides.newPass("second");
      sides.copy();
      sides.atTarget(
          "UPDATE tidemark_dead_letter SET last_at = '2026-01-01' WHERE row_key LIKE '%\"17\"%'");
      sides.newPass("third");
      sides.copy();
      assertThat(letters(sides, "row_key, state"))
          .containsExactly(
              "{\"id\":\"10000\"}|resolved",
              "{\"id\":\"4321\"}|open",
              "{\"id\":\"4322\"}|open",
              "{\"id\":\"9999\"}|open");
    }
  }

  @ParameterizedTest
  @EnumSource
  void withoutALimitTheFirstRowFailsTheTable(TestServer to) throws Exception {
    try (TwoSides sides = sides(to, spec(ModeSpec.FULL, 0))) {
      assertThatThrownBy(sides::copy)
          .isInstanceOf(SyncException.class)
          .hasMessageContaining("id=17");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTableWithoutAKeyPassesOverNoRow(TestServer to) throws Exception {
    try (TwoSides sides = new TwoSides(TestServer.POSTGRESQL, to, spec(REPLACE, 10))) {
      sides.atSource(
          "CREATE TABLE item (note text)", "INSERT INTO item VALUES ('ok'), (repeat('x', 60))");
      sides.atTarget("CREATE TABLE item (note varchar(50))");
      assertThatThrownBy(sides::copy)
          .isInstanceOf(SyncException.class)
          .hasMessageContaining("No dead letter can be written");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsMaskedIsMaskedInALetter(TestServer to) throws Exception {
    RowSpec rows = new RowSpec(null, Map.of("email", "redact"), 10);
    try (TwoSides sides = sides(to, spec(ModeSpec.FULL, 0, rows))) {
      sides.atTarget("DROP TABLE item", TARGET.replace(" UNIQUE", ""));
      sides.copy();
      assertThat(letters(sides, "row_values"))
          .hasSize(4)
          .allSatisfy(values -> assertThat(values).contains("\"***\"").doesNotContain("example"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL", "MARIADB"})
  void aTextWithNulIsKeptWherePostgresCannotHaveIt(TestServer from) throws Exception {
    try (TwoSides sides = new TwoSides(from, TestServer.POSTGRESQL, spec(ModeSpec.FULL, 10))) {
      sides.atSource(
          "CREATE TABLE item (id int PRIMARY KEY, note text, raw varbinary(10))",
          "INSERT INTO item VALUES (1, 'good', x'00ff'), (2, concat('a', char(0), 'b\\\\\t'),"
              + " x'00ff'), (3, NULL, NULL)");
      sides.copy();
      assertThat(letters(sides, "row_key, row_values"))
          .containsExactly(
              "{\"id\":\"2\"}|{\"id\":\"2\",\"note\":\"a\\u0000b\\\\\\t\",\"raw\":\"\\\\x00FF\"}");
      assertThat(TwoSides.rows(sides.target, "SELECT id FROM item ORDER BY id"))
          .containsExactly("1", "3");
    }
  }

  /** Whatever is refused, by load or by merge: what has arrived and the letters are the source. */
  @ParameterizedTest
  @EnumSource
  void targetAndLettersTogetherAreTheSource(TestServer to) throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 4; round++) {
      int oneOf = round < 2 ? 40 : 7;
      TableSpec spec =
          spec(
              round % 2 == 0 ? ModeSpec.FULL : DIFF,
              random.nextBoolean() ? 0 : 1 + random.nextInt(400),
              new RowSpec(null, Map.of(), 10_000));
      try (TwoSides sides = new TwoSides(TestServer.POSTGRESQL, to, spec)) {
        int rows = 1 + random.nextInt(2_000);
        List<String> bad =
            IntStream.rangeClosed(1, rows)
                .filter(id -> random.nextInt(oneOf) == 0)
                .mapToObj(String::valueOf)
                .toList();
        sides.atSource(
            "CREATE TABLE item (id int PRIMARY KEY, note text, n int)",
            "INSERT INTO item SELECT i, 'note', i FROM generate_series(1, " + rows + ") i",
            "UPDATE item SET note = repeat('x', 10), n = -n WHERE id % 3 = 0 AND id IN (0"
                + bad.stream().map(id -> ", " + id).collect(Collectors.joining())
                + ")",
            "UPDATE item SET n = -id WHERE id % 3 > 0 AND id IN (0"
                + bad.stream().map(id -> ", " + id).collect(Collectors.joining())
                + ")");
        sides.atTarget(
            "CREATE TABLE item (id int PRIMARY KEY, note varchar(5), n int CHECK (n > 0))",
            "INSERT INTO item VALUES (-1, 'there', 1)");
        sides.copy();
        List<String> kept =
            letters(sides, "row_key").stream()
                .map(key -> key.replaceAll("\\D", ""))
                .sorted()
                .toList();
        assertThat(kept).as("seed %s", seed).isEqualTo(bad.stream().sorted().toList());
        assertThat(
                TwoSides.rows(sides.target, "SELECT id, note, n FROM item WHERE id > 0").stream()
                    .sorted()
                    .toList())
            .as("seed %s", seed)
            .isEqualTo(
                TwoSides.rows(sides.source, "SELECT id, note, n FROM item WHERE n > 0").stream()
                    .sorted()
                    .toList());
        assertThat(sides.counts().deadLetters()).as("seed %s", seed).isEqualTo(bad.size());
      }
    }
  }

  @Test
  void severalSessionsKeepTheLimitTogether() throws Exception {
    try (TwoSides sides =
        new TwoSides(
            TestServer.POSTGRESQL,
            TestServer.MARIADB,
            TwoSides.spec(500, 4, ModeSpec.FULL, new RowSpec(null, Map.of(), 50)))) {
      sides.estimatedRows = 80_000;
      sides.atSource(
          "CREATE TABLE item (id int PRIMARY KEY, note text)",
          "INSERT INTO item SELECT i, repeat('x', CASE WHEN i % 1000 = 0 THEN 60 ELSE 20 END)"
              + " FROM generate_series(1, 80000) i",
          "ANALYZE item");
      sides.atTarget("CREATE TABLE item (id int PRIMARY KEY, note varchar(50))");
      assertThatThrownBy(sides::copy)
          .isInstanceOfSatisfying(
              SyncException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_MANY_DEAD_LETTERS));
      assertThat(letters(sides, "state")).hasSize(50);

      sides.spec = withLetters(sides.spec, 80);
      sides.copy();
      assertThat(sides.counts()).isEqualTo(new RowCounts(80_000, 79_920, 0, 0, 0, 0, 80));
      assertThat(letters(sides, "state")).hasSize(80).containsOnly("open");
    }
  }
}
