package dev.tidemark.connect.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.connect.comparison.Difference.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowMatchTest {

  private static RowList rows(int width, Map<List<String>, Long> rows) {
    RowList list = new RowList(width);
    rows.forEach((key, fingerprint) -> add(list, fingerprint, key));
    return list;
  }

  private static void add(RowList list, long fingerprint, List<String> key) {
    list.add(
        fingerprint,
        key.stream().map(value -> value.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new));
  }

  private static List<String> match(RowList source, RowList... target) {
    RowMatch match = new RowMatch(source);
    List<Difference> found = new ArrayList<>();
    for (RowList page : target) {
      match.add(page);
      found.addAll(match.take());
    }
    match.end();
    found.addAll(match.take());
    return found.stream().map(Difference::toString).toList();
  }

  @Test
  void tellsWhatDiffersInAnyOrderOfKeys() {
    RowList source = new RowList(1);
    add(source, 1, List.of("a"));
    add(source, 2, List.of("b"));
    add(source, 3, List.of("c"));
    add(source, 4, List.of("d"));
    RowList target = new RowList(1);
    add(target, 4, List.of("d"));
    add(target, 9, List.of("b"));
    add(target, 5, List.of("x"));
    add(target, 1, List.of("a"));
    assertThat(match(source, target))
        .containsExactlyInAnyOrder(
            "b differs", "x is only in the target", "c is missing in the target");
  }

  @Test
  void tellsKeysApartWhoseValuesAreOneTextTogether() {
    RowList source = new RowList(2);
    add(source, 1, List.of("ab", "c"));
    add(source, 1, List.of("", "é"));
    RowList target = new RowList(2);
    add(target, 1, List.of("a", "bc"));
    add(target, 1, List.of("é", ""));
    assertThat(match(source, target))
        .containsExactlyInAnyOrder(
            "ab, c is missing in the target",
            ", é is missing in the target",
            "a, bc is only in the target",
            "é,  is only in the target");
  }

  @Test
  void wantsARowOfTheTargetForEachOfOneKey() {
    RowList source = new RowList(1);
    add(source, 1, List.of("a"));
    add(source, 1, List.of("a"));
    RowList target = new RowList(1);
    add(target, 1, List.of("a"));
    assertThat(match(source, target)).containsExactly("a is missing in the target");
    assertThat(match(target, source)).containsExactly("a is only in the target");
  }

  @Test
  void readsRowsFromLines() {
    RowList listed = new RowList(2);
    listed.addLines(
        "0f00000000000aa1\n\nfffffffffffffff20\n-2024-01-02\n".getBytes(StandardCharsets.UTF_8),
        15);
    listed.addLines("000000000000000x\ny\n".repeat(40).getBytes(StandardCharsets.UTF_8), 15);
    assertThat(listed.size()).isEqualTo(42);
    assertThat(listed.fingerprint(0)).isEqualTo(0xf00000000000aaL);
    assertThat(listed.key(0)).containsExactly("1", "");
    assertThat(listed.fingerprint(1)).isEqualTo((1L << 60) - 1);
    assertThat(listed.key(1)).containsExactly("20", "-2024-01-02");
    assertThat(listed.lastKey()).containsExactly("x", "y");
    assertThat(listed.sameKey(40, listed, 41)).isTrue();
    assertThat(listed.sameKey(1, listed, 41)).isFalse();
  }

  /** Against what a map says, with pages of the target in the order of the source and in none. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void saysWhatAMapWouldSay(long seed) {
    Random random = new Random(seed);
    int width = 1 + random.nextInt(2);
    Map<List<String>, Long> source = new TreeMap<>(RowMatchTest::compare);
    Map<List<String>, Long> target = new TreeMap<>(RowMatchTest::compare);
    for (int i = 0; i < 3000; i++) {
      String number = Integer.toString(i);
      List<String> key = width == 1 ? List.of(number) : List.of(number, "é" + i % 7);
      int fate = random.nextInt(40);
      if (fate != 0) {
        source.put(key, (long) i);
      }
      if (fate != 1) {
        target.put(key, fate == 2 ? -i : (long) i);
      }
    }
    List<Map.Entry<List<String>, Long>> order = new ArrayList<>(target.entrySet());
    if (seed % 2 == 0) {
      Collections.shuffle(order, random);
    }
    List<RowList> pages = new ArrayList<>();
    for (int i = 0; i < order.size(); i += 700) {
      RowList page = new RowList(width);
      for (Map.Entry<List<String>, Long> row : order.subList(i, Math.min(order.size(), i + 700))) {
        add(page, row.getValue(), row.getKey());
      }
      pages.add(page);
    }
    List<String> expected = new ArrayList<>();
    source.forEach(
        (key, fingerprint) -> {
          Long there = target.get(key);
          if (there == null) {
            expected.add(new Difference(key, Kind.MISSING).toString());
          } else if (!there.equals(fingerprint)) {
            expected.add(new Difference(key, Kind.DIFFERENT).toString());
          }
        });
    target.keySet().stream()
        .filter(key -> !source.containsKey(key))
        .forEach(key -> expected.add(new Difference(key, Kind.EXTRA).toString()));
    assertThat(match(rows(width, source), pages.toArray(RowList[]::new)))
        .hasSizeGreaterThan(100)
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static int compare(List<String> one, List<String> other) {
    return String.join(" ", one).compareTo(String.join(" ", other));
  }
}
