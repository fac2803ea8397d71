package dev.tidemark.connect.mysql;

import dev.tidemark.connect.table.Column;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Keys as MySQL and MariaDB order and compare them. */
final class MysqlKeys {

  /** Numbers of one type of literals. */
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

  /** In each character set, so that none of them makes the others compare by another collation. */
  private static final Pattern PLAIN = Pattern.compile("[ -~]*");

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

  private MysqlKeys() {}

  /** What a column of a key is ordered by, as text. */
  static String cursor(Column column) {
    return column.type().isListed()
        ? "CAST(" + MysqlSpelling.quoted(column.name()) + " AS UNSIGNED)"
        : MysqlSpelling.inLines(column);
  }

  /**
   * A comparison of all key columns at once, written out column by column with the first one in
   * front: MySQL uses no index for {@code (a, b) > (1, 2)}. That a column equals is said where the
   * next one is compared: without it a range would begin with the first row of that value.
   *
   * @param values texts where they are to be equal, else what {@link #cursor} gives
   */
  static String compared(List<Column> keys, String operator, List<String> values) {
    String condition = "";
    for (int i = keys.size() - 1; i >= 0; i--) {
      String name = MysqlSpelling.quoted(keys.get(i).name());
      boolean last = i == keys.size() - 1;
      if (operator.equals("=")) {
        String text = literal(keys.get(i), values.get(i));
        condition = name + " = " + text + (last ? "" : " AND " + condition);
        continue;
      }
      String value =
          keys.get(i).type().isListed()
              ? checked(values.get(i))
              : literal(keys.get(i), values.get(i));
      String strict = operator.substring(0, 1);
      condition =
          last
              ? name + " " + operator + " " + value
              : name + " " + strict + "= " + value + " AND (" + name + " " + strict + " " + value
                  + " OR (" + name + " = " + value + " AND " + condition + "))";
    }
    return "(" + condition + ")";
  }

  /**
   * Keys of one column as a list, which the server sorts and searches: row by row it would compare
   * each. Empty where the list might compare otherwise than {@link #compared} does.
   */
  static Optional<String> listed(List<Column> keys, List<List<String>> values) {
    if (keys.size() != 1) {
      return Optional.empty();
    }
    Column key = keys.getFirst();
    Optional<Pattern> alike =
        switch (key.type().kind()) {
          case INT16, INT32, INT64 -> Optional.of(WHOLE);
          case TEXT -> key.type().isListed() ? Optional.empty() : Optional.of(PLAIN);
          case BOOLEAN,
              DECIMAL,
              FLOAT32,
              FLOAT64,
              BYTES,
              DATE,
              TIME,
              TIMESTAMP,
              TIMESTAMPTZ,
              UUID,
              JSON,
              OTHER,
              UNSUPPORTED ->
              Optional.empty();
        };
    return alike
        .filter(
            pattern ->
                values.stream().allMatch(value -> pattern.matcher(value.getFirst()).matches()))
        .map(
            pattern ->
                values.stream()
                    .map(value -> literal(key, value.getFirst()))
                    .collect(
                        Collectors.joining(", ", MysqlSpelling.quoted(key.name()) + " IN (", ")")));
  }

  private static String literal(Column key, String value) {
    return switch (key.type().kind()) {
      case BYTES -> "UNHEX(" + MysqlSpelling.literal(value) + ")";
      case BOOLEAN, INT16, INT32, INT64, DECIMAL, FLOAT32, FLOAT64 -> checked(value);
      case TEXT, DATE, TIME, TIMESTAMP, TIMESTAMPTZ, UUID, JSON -> MysqlSpelling.literal(value);
      case OTHER, UNSUPPORTED -> key.type().isBits() ? binary(value) : MysqlSpelling.literal(value);
    };
  }

  /** A key that was guessed between two others may have other characters than digits. */
  private static String binary(String value) {
    return "b" + MysqlSpelling.literal(value.replaceAll("[^01].*", ""));
  }

  /** The value comes from a table that others can write. */
  private static String checked(String value) {
    if (!NUMBER.matcher(value).matches()) {
      throw new IllegalArgumentException("The cursor holds no number where the key has one.");
    }
    return value;
  }
}
