package dev.tidemark.connect.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Conditions for keys as {@link Dialect#canonical} spells them. */
public final class SpelledKeys {

  private SpelledKeys() {}

  /** A condition that the key of a row on this side is one of these, of which there is one. */
  static String anyOf(Dialect dialect, List<ColumnPair> key, List<List<String>> values) {
    return key.stream().noneMatch(ColumnPair::respelled)
        ? dialect.isAmong(key.stream().map(ColumnPair::here).toList(), values)
        : values.stream()
            .map(each -> is(dialect, key, each))
            .collect(Collectors.joining(") OR (", "(", ")"));
  }

  /**
   * A condition that the key of a row on this side is this one. An index serves it, unless a column
   * is spelled in another way than its database writes a value: then what it spells is compared.
   */
  public static String is(Dialect dialect, List<ColumnPair> key, List<String> values) {
    List<Column> plain = new ArrayList<>();
    List<String> literals = new ArrayList<>();
    List<String> conditions = new ArrayList<>();
    for (int i = 0; i < key.size(); i++) {
      ColumnPair column = key.get(i);
      if (column.respelled()) {
        String spelled = dialect.canonical(column.here(), column.there());
        conditions.add(dialect.sameBytes(spelled, values.get(i)));
      } else {
        plain.add(column.here());
        literals.add(values.get(i));
      }
    }
    if (!plain.isEmpty()) {
      conditions.addFirst(dialect.keyCondition(plain, "=", literals));
    }
    return String.join(" AND ", conditions);
  }
}
