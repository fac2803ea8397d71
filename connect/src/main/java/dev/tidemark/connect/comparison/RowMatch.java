package dev.tidemark.connect.comparison;

import dev.tidemark.connect.comparison.Difference.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows of the source among those of the target, whatever order the target gives them in:
 * only equal keys have to meet, so nothing here depends on how a database orders them. Where both
 * give them in one order, a row is found where it is expected.
 */
final class RowMatch {

  private final RowList source;
  private final BitSet met = new BitSet();
  private int expected;
  private int @Nullable [] places;
  private List<Difference> differences = new ArrayList<>();

  /** Takes the rows of the source. A key that stands there twice wants two rows of the target. */
  RowMatch(RowList source) {
    this.source = source;
  }

  /** Takes rows of the target, which may come in many lists. */
  void add(RowList target) {
    for (int i = 0; i < target.size(); i++) {
      int row =
          expected < source.size() && source.sameKey(expected, target, i) && !met.get(expected)
              ? expected
              : place(target, i);
      if (row < 0) {
        differences.add(new Difference(target.key(i), Kind.EXTRA));
        continue;
      }
      met.set(row);
      expected = row + 1;
      if (source.fingerprint(row) != target.fingerprint(i)) {
        differences.add(new Difference(source.key(row), Kind.DIFFERENT));
      }
    }
  }

  /** The first row of the source that has the key and has not been met; negative for none. */
  private int place(RowList target, int there) {
    int[] table = places();
    int mask = table.length - 1;
    for (int at = spread(target.keyHash(there)) & mask; table[at] > 0; at = (at + 1) & mask) {
      int row = table[at] - 1;
      if (!met.get(row) && source.sameKey(row, target, there)) {
        return row;
      }
    }
    return -1;
  }

  /** Numbers of the source's rows, from 1, each behind the place that its key's hash names. */
  private int[] places() {
    if (places != null) {
      return places;
    }
    int[] table = new int[Integer.highestOneBit(Math.max(2, source.size())) << 2];
    int mask = table.length - 1;
    for (int row = 0; row < source.size(); row++) {
      int at = spread(source.keyHash(row)) & mask;
      while (table[at] > 0) {
        at = (at + 1) & mask;
      }
      table[at] = row + 1;
    }
    places = table;
    return table;
  }

  /** The low bits of a hash of digits are all alike. */
  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ mixed >>> 16;
  }

  /** All rows of the target have been added: what is left of the source is missing there. */
  void end() {
    for (int row = met.nextClearBit(0); row < source.size(); row = met.nextClearBit(row + 1)) {
      differences.add(new Difference(source.key(row), Kind.MISSING));
    }
    met.set(0, source.size());
  }

  /** The differences found since this was asked last. */
  List<Difference> take() {
    List<Difference> found = differences;
    differences = new ArrayList<>();
    return found;
  }
}
