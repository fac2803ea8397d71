package dev.tidemark.connect.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.connect.server.TestServer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables without a key: what counts is how often each row is there. */
class KeylessIT {

  private static final String INSERT = "INSERT INTO item VALUES ";
  private static final String SAME = "('same', 1)";

  private static Stream<Arguments> pairs() {
    return Arrays.stream(TestServer.values())
        .flatMap(from -> Arrays.stream(TestServer.values()).map(to -> Arguments.of(from, to)));
  }

  private static ComparedSides sides(TestServer from, TestServer to) throws Exception {
    ComparedSides sides = ComparedSides.of(from, to);
    sides.onBoth(
        "CREATE TABLE item (body text, n int)",
        INSERT + "('a', 1), ('a', 1), ('a', 1), ('A', 1), ('a ', 1), (NULL, 1), (NULL, NULL)",
        INSERT + "('', 1), ('1', NULL), (NULL, 11)");
    for (int from1000 = 0; from1000 < 5; from1000++) {
      StringBuilder rows = new StringBuilder();
      for (int i = 0; i < 1000; i++) {
        rows.append(i == 0 ? "" : ", ").append("('row ").append(i % 700).append("', ").append(i);
        rows.append(')');
      }
      sides.onBoth(INSERT + rows);
    }
    return sides;
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void rowsInAnyOrderAndHoweverOftenAreEqual(TestServer from, TestServer to) throws Exception {
    try (ComparedSides sides = sides(from, to)) {
      ComparisonResult result = sides.compare(100);
      assertThat(result.words()).isEmpty();
      assertThat(result.source()).isEqualTo(result.target());
      assertThat(result.source().rows()).isEqualTo(5_010);
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void countsWhatEachSideHasMoreOften(TestServer from, TestServer to) throws Exception {
    try (ComparedSides sides = sides(from, to)) {
      sides.atTarget(
          INSERT + "('a', 1)", "UPDATE item SET body = 'b' WHERE body = 'row 699' AND n = 699");
      sides.atSource(INSERT + "(NULL, NULL), ('A', 1)");
      ComparisonResult result = sides.compare(100);
      // Five rows were changed, which are missing as they were and extra as they are.
      assertThat(result.count(Difference.Kind.MISSING)).isEqualTo(5 + 2);
      assertThat(result.count(Difference.Kind.EXTRA)).isEqualTo(5 + 1);
      assertThat(result.count(Difference.Kind.DIFFERENT)).isZero();
      assertThat(result.words())
          .containsOnly("a row is missing in the target", "a row is only in the target");
      assertThat(result.source().rows()).isEqualTo(5_012);
      assertThat(result.target().rows()).isEqualTo(5_011);
    }
  }

  /** Equal rows are told in portions too, and none of them is kept. */
  @ParameterizedTest
  @MethodSource("pairs")
  void manyEqualRowsAreCounted(TestServer from, TestServer to) throws Exception {
    try (ComparedSides sides = sides(from, to)) {
      // 14 rows of one kind in the source, one of another in the target, and each doubled often.
      sides.atSource("DELETE FROM item", INSERT + String.join(", ", Collections.nCopies(14, SAME)));
      sides.atTarget("DELETE FROM item", INSERT + SAME + ", ('other', 1)");
      for (int i = 0; i < 11; i++) {
        sides.onBoth("INSERT INTO item SELECT body, n FROM item");
      }
      List<Portion> portions;
      try (Comparison comparison = sides.comparison(Map.of(), 100, null)) {
        portions = ComparedSides.portions(comparison);
      }
      assertThat(portions).allMatch(portion -> portion.differences().size() <= 10_000);
      List<Difference.Kind> kinds =
          portions.stream()
              .flatMap(portion -> portion.differences().stream())
              .map(Difference::kind)
              .toList();
      assertThat(Collections.frequency(kinds, Difference.Kind.MISSING)).isEqualTo(13 << 11);
      assertThat(Collections.frequency(kinds, Difference.Kind.EXTRA)).isEqualTo(1 << 11);
      assertThat(kinds).hasSize(14 << 11);
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void anEmptySideLacksAll(TestServer from, TestServer to) throws Exception {
    try (ComparedSides sides = sides(from, to)) {
      sides.atTarget("DELETE FROM item");
      ComparisonResult result = sides.compare(100);
      assertThat(result.counts()).isEqualTo(Map.of(Difference.Kind.MISSING, 5_010L));
      assertThat(result.first()).extracting(Difference::key).containsOnly(List.of());
    }
  }
}
