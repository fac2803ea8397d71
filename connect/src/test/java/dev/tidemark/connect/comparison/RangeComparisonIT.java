package dev.tidemark.connect.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.connect.server.TestServer;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys that both sides order alike, in ranges of a few rows. */
class RangeComparisonIT {

  private static final int ROWS = 300;
  private static final int RANGE = 30;

  static Stream<Arguments> directions() {
    return Arrays.stream(TestServer.values())
        .flatMap(
            from -> Arrays.stream(TestServer.values()).map(target -> Arguments.of(from, target)));
  }

  private static ComparedSides items(TestServer from, TestServer to) throws Exception {
    ComparedSides sides = ComparedSides.of(from, to);
    sides.onBoth(
        "CREATE TABLE item (id bigint PRIMARY KEY, name varchar(40), price decimal(12,2))");
    String rows =
        IntStream.rangeClosed(1, ROWS)
            .mapToObj(
                i ->
                    "(%d, %s, %s)"
                        .formatted(
                            i * 10,
                            i % 7 == 0 ? "NULL" : "'item " + i + "'",
                            i % 5 == 0 ? "NULL" : i + ".50"))
            .reduce((one, two) -> one + ", " + two)
            .orElseThrow();
    sides.onBoth("INSERT INTO item VALUES " + rows);
    return sides;
  }

  @ParameterizedTest
  @MethodSource("directions")
  void saysThatEqualSidesAreEqual(TestServer from, TestServer to) throws Exception {
    try (ComparedSides sides = items(from, to)) {
      ComparisonResult result = sides.compare(RANGE);
      assertThat(result.words()).isEmpty();
      assertThat(result.equal()).isTrue();
      assertThat(result.source().rows()).isEqualTo(ROWS);
      assertThat(result.target()).isEqualTo(result.source());
      assertThat(result.source().checksum()).isGreaterThan(BigInteger.ONE.shiftLeft(60));
    }
  }

  @ParameterizedTest
  @MethodSource("directions")
  void findsExactlyWhatDiffers(TestServer from, TestServer to) throws Exception {
    try (ComparedSides sides = items(from, to)) {
      sides.atTarget(
          "UPDATE item SET name = 'another' WHERE id IN (10, 1500, 3000)",
          "UPDATE item SET price = NULL WHERE id = 1510",
          "UPDATE item SET name = '' WHERE id = 70",
          "DELETE FROM item WHERE id IN (20, 300, 310, 2770, 2990)",
          "INSERT INTO item VALUES (5, 'x', 1), (1505, 'x', 1), (3001, 'x', 1)");
      ComparisonResult result = sides.compare(RANGE);
      assertThat(result.words())
          .containsExactlyInAnyOrder(
              "10 differs",
              "1500 differs",
              "3000 differs",
              "1510 differs",
              "70 differs",
              "20 is missing in the target",
              "300 is missing in the target",
              "310 is missing in the target",
              "2770 is missing in the target",
              "2990 is missing in the target",
              "5 is only in the target",
              "1505 is only in the target",
              "3001 is only in the target");
      assertThat(result.source().rows()).isEqualTo(ROWS);
      assertThat(result.target().rows()).isEqualTo(ROWS - 5 + 3);
      // Once more with everything in one range, and with ranges of three rows.
      assertThat(sides.differences(100_000)).hasSameElementsAs(result.words());
      assertThat(sides.differences(3)).hasSameElementsAs(result.words());
    }
  }

  @ParameterizedTest
  @MethodSource("directions")
  void namesTheColumnsThatDiffer(TestServer from, TestServer to) throws Exception {
    try (ComparedSides sides = items(from, to)) {
      sides.atTarget(
          "UPDATE item SET name = 'another', price = 7 WHERE id = 50",
          "UPDATE item SET price = 0 WHERE id = 70",
          "DELETE FROM item WHERE id = 80");
      try (Comparison comparison = sides.comparison(Map.of(), RANGE, null)) {
        assertThat(comparison.differingColumns(List.of("50"))).containsExactly("name", "price");
        assertThat(comparison.differingColumns(List.of("70"))).containsExactly("price");
        assertThat(comparison.differingColumns(List.of("60"))).isEmpty();
        assertThat(comparison.differingColumns(List.of("80"))).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"POSTGRESQL, MARIADB", "MARIADB, POSTGRESQL"})
  void findsThatAllRowsDifferOrAreOnOneSideOnly(TestServer from, TestServer to) throws Exception {
    try (ComparedSides sides = items(from, to)) {
      sides.atTarget("UPDATE item SET price = 0.01");
      assertThat(sides.differences(RANGE))
          .hasSize(ROWS)
          .allMatch(words -> words.endsWith("differs"));
      sides.atTarget("DELETE FROM item");
      assertThat(sides.differences(RANGE))
          .hasSize(ROWS)
          .allMatch(words -> words.endsWith("missing in the target"));
      sides.atTarget("INSERT INTO item VALUES (1, 'x', 1)");
      sides.atSource("DELETE FROM item");
      assertThat(sides.differences(RANGE)).containsExactly("1 is only in the target");
      sides.atTarget("DELETE FROM item");
      assertThat(sides.compare(RANGE))
          .isEqualTo(new ComparisonResult(RowSum.NONE, RowSum.NONE, Map.of(), List.of()));
    }
  }

  /** Many more than a page of the target, all in one range of the source. */
  @ParameterizedTest
  @CsvSource({"POSTGRESQL, MARIADB", "MARIADB, POSTGRESQL"})
  void takesARangeThatIsMuchLargerInTheTargetInPages(TestServer from, TestServer to)
      throws Exception {
    try (ComparedSides sides = items(from, to)) {
      sides.atSource("DELETE FROM item WHERE id BETWEEN 310 AND 2700");
      try (Comparison comparison = sides.comparison(Map.of(), 20, null)) {
        List<Portion> portions = ComparedSides.portions(comparison);
        assertThat(portions).allMatch(portion -> portion.differences().size() <= 60);
        assertThat(portions.stream().mapToInt(portion -> portion.differences().size()).sum())
            .isEqualTo(240);
        assertThat(portions.stream().mapToLong(portion -> portion.target().rows()).sum())
            .isEqualTo(ROWS);
      }
    }
  }

  /** The rows of equal sides never travel. */
  @ParameterizedTest
  @CsvSource({"POSTGRESQL, MARIADB", "MARIADB, POSTGRESQL"})
  void listsNothingOfEqualSides(TestServer from, TestServer to) throws Exception {
    try (ComparedSides sides = items(from, to)) {
      assertThat(sides.compare(RANGE).equal()).isTrue();
      assertThat(sides.atTarget.sums()).isEqualTo(ROWS / RANGE + 1);
      assertThat(sides.atTarget.lists()).isZero();
    }
  }

  /** One range that differs is listed, and few others. */
  @ParameterizedTest
  @CsvSource({"POSTGRESQL, MARIADB", "MARIADB, POSTGRESQL"})
  void goesBackToSumsBehindARangeThatDiffers(TestServer from, TestServer to) throws Exception {
    try (ComparedSides sides = items(from, to)) {
      sides.atTarget("UPDATE item SET price = 0 WHERE id = 40");
      assertThat(sides.differences(10)).containsExactly("40 differs");
      assertThat(sides.atTarget.lists()).isBetween(1L, 4L);
      assertThat(sides.atTarget.sums()).isGreaterThan(25);
    }
  }

  /** Where every range differs, each is read once. */
  @ParameterizedTest
  @CsvSource({"POSTGRESQL, MARIADB", "MARIADB, POSTGRESQL"})
  void sumsNothingWhereAllRangesDiffer(TestServer from, TestServer to) throws Exception {
    try (ComparedSides sides = items(from, to)) {
      sides.atTarget("UPDATE item SET price = 0 WHERE id % 100 = 0");
      assertThat(sides.differences(10)).hasSize(30);
      assertThat(sides.atTarget.sums()).isLessThanOrEqualTo(2);
      assertThat(sides.atTarget.lists()).isBetween(30L, 32L);
    }
  }

  /** A cursor stands only where all before it has been told. */
  @ParameterizedTest
  @CsvSource({"POSTGRESQL, MARIADB", "MARIADB, POSTGRESQL"})
  void goesOnBehindEachCursor(TestServer from, TestServer to) throws Exception {
    try (ComparedSides sides = items(from, to)) {
      sides.atTarget("UPDATE item SET name = 'another' WHERE id % 130 = 0");
      sides.atSource("DELETE FROM item WHERE id BETWEEN 910 AND 2100");
      List<String> all = sides.differences(RANGE);
      List<Portion> portions;
      try (Comparison comparison = sides.comparison(Map.of(), RANGE, null)) {
        portions = ComparedSides.portions(comparison);
      }
      List<String> before = new ArrayList<>();
      int resumed = 0;
      for (Portion portion : portions) {
        portion.differences().forEach(difference -> before.add(difference.toString()));
        if (portion.cursor() != null) {
          try (Comparison rest = sides.comparison(Map.of(), RANGE, portion.cursor())) {
            List<String> both = new ArrayList<>(before);
            both.addAll(ComparisonResult.of(rest, Integer.MAX_VALUE).words());
            assertThat(both).containsExactlyInAnyOrderElementsOf(all);
          }
          resumed++;
        }
      }
      assertThat(resumed).isGreaterThan(3);
    }
  }

  @ParameterizedTest
  @MethodSource("directions")
  void neverLooksAtRowsOfOtherSlices(TestServer from, TestServer to) throws Exception {
    try (ComparedSides sides = ComparedSides.of(from, to)) {
      sides.atSource(
          "CREATE TABLE item (id int PRIMARY KEY, name varchar(40))",
          "INSERT INTO item VALUES (1, 'a'), (2, 'b'), (3, 'c')");
      sides.atTarget(
          "CREATE TABLE item (branch varchar(10) NOT NULL, id int NOT NULL, name varchar(40),"
              + " PRIMARY KEY (branch, id))",
          "INSERT INTO item VALUES ('lmp', 1, 'a'), ('lmp', 2, 'b'), ('lmp', 3, 'c'),"
              + " ('sby', 2, 'x'), ('sby', 9, 'y')");
      ComparisonResult lmp =
          ComparisonResult.of(sides.comparison(Map.of("branch", "lmp"), 2, null), 9);
      assertThat(lmp.words()).isEmpty();
      assertThat(lmp.target().rows()).isEqualTo(3);
      ComparisonResult sby =
          ComparisonResult.of(sides.comparison(Map.of("branch", "sby"), 2, null), 9);
      assertThat(sby.words())
          .containsExactlyInAnyOrder(
              "1 is missing in the target",
              "2 differs",
              "3 is missing in the target",
              "9 is only in the target");
    }
  }

  @ParameterizedTest
  @MethodSource("directions")
  void walksCompositeKeys(TestServer from, TestServer to) throws Exception {
    try (ComparedSides sides = ComparedSides.of(from, to)) {
      sides.onBoth(
          "CREATE TABLE item (day date NOT NULL, at timestamp(6) NOT NULL, line int NOT NULL,"
              + " qty int, PRIMARY KEY (day, at, line))");
      List<String> rows = new ArrayList<>();
      for (int day = 1; day <= 5; day++) {
        for (int minute = 0; minute < 5; minute++) {
          for (int line = -2; line <= 2; line++) {
            rows.add(
                "('2024-02-0%d', '2024-02-0%d 10:0%d:00.25', %d, 1)"
                    .formatted(day, day, minute, line));
          }
        }
      }
      sides.onBoth("INSERT INTO item VALUES " + String.join(", ", rows));
      assertThat(sides.compare(7).source().rows()).isEqualTo(125);
      assertThat(sides.differences(7)).isEmpty();
      sides.atTarget(
          "UPDATE item SET qty = 2 WHERE day = '2024-02-03' AND line = -1"
              + " AND at < '2024-02-03 10:01:00'",
          "DELETE FROM item WHERE day = '2024-02-05' AND line = 2 AND at > '2024-02-05 10:04:00'");
      assertThat(sides.differences(7))
          .containsExactlyInAnyOrder(
              "2024-02-03, 2024-02-03 10:00:00.25, -1 differs",
              "2024-02-05, 2024-02-05 10:04:00.25, 2 is missing in the target");
    }
  }

  /** One million rows, every hundredth of them different: only two ranges are in memory. */
  @Test
  void keepsFewRowsOfAMillionInMemory() throws Exception {
    try (ComparedSides sides = ComparedSides.of(TestServer.POSTGRESQL, TestServer.MARIADB)) {
      sides.onBoth("CREATE TABLE item (id int PRIMARY KEY, name varchar(40))");
      sides.atSource("INSERT INTO item SELECT n, 'item ' || n FROM generate_series(1, 1000000) n");
      sides.atTarget(
          "INSERT INTO item SELECT seq, concat(IF(seq % 100 = 0, 'other ', 'item '), seq)"
              + " FROM seq_1_to_1000000");
      long mostInMemory = 0;
      long found = 0;
      try (Comparison comparison = sides.comparison(Map.of(), 5_000, null)) {
        Optional<Portion> portion = comparison.next();
        while (portion.isPresent()) {
          found += portion.get().differences().size();
          mostInMemory = Math.max(mostInMemory, portion.get().source().rows());
          portion = comparison.next();
        }
      }
      assertThat(found).isEqualTo(10_000);
      assertThat(mostInMemory).isEqualTo(5_000);
    }
  }
}
