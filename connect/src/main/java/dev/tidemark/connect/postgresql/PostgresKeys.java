package dev.tidemark.connect.postgresql;

import dev.tidemark.connect.table.Column;
import dev.tidemark.connect.table.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Keys as PostgreSQL compares them. */
final class PostgresKeys {

  /** Numbers that a bigint holds, whatever their digits are. */
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

  private PostgresKeys() {}

  /** A comparison of all key columns at once, which an index serves. */
  static String compared(List<Column> keys, String operator, List<String> values) {
    return compared(keys, operator, values, PostgresKeys::typed);
  }

  /** As {@link Dialect#keyCondition}. */
  static String comparedAcross(List<Column> keys, String operator, List<String> values) {
    return compared(keys, operator, values, PostgresKeys::widest);
  }

  /**
   * Keys of one column as a list, which the server looks up in a hash: row by row it would compare
   * each. Empty where the list might compare otherwise than {@link #comparedAcross} does: all of
   * its literals have one type in common.
   */
  static Optional<String> listed(List<Column> keys, List<List<String>> values) {
    if (keys.size() != 1) {
      return Optional.empty();
    }
    Column key = keys.getFirst();
    boolean alike =
        switch (key.type().kind()) {
          case INT16, INT32, INT64 ->
              values.stream().allMatch(value -> WHOLE.matcher(value.getFirst()).matches());
          case TEXT, UUID -> true;
          case BOOLEAN,
              DECIMAL,
              FLOAT32,
              FLOAT64,
              BYTES,
              DATE,
              TIME,
              TIMESTAMP,
              TIMESTAMPTZ,
              JSON,
              OTHER,
              UNSUPPORTED ->
              false;
        };
    return alike
        ? Optional.of(
            values.stream()
                .map(value -> widest(key, value.getFirst()))
                .collect(
                    Collectors.joining(", ", PostgresSpelling.quoted(key.name()) + " IN (", ")")))
        : Optional.empty();
  }

  private static String compared(
      List<Column> keys,
      String operator,
      List<String> values,
      BiFunction<Column, String, String> literal) {
    List<String> names = new ArrayList<>();
    List<String> literals = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      names.add(PostgresSpelling.quoted(keys.get(i).name()));
      literals.add(literal.apply(keys.get(i), values.get(i)));
    }
    return ("(" + String.join(", ", names) + ") ")
        + (operator + " (" + String.join(", ", literals) + ")");
  }

  /** What {@link #compared} means, column by column. */
  static String comparedByColumn(List<Column> keys, String operator, List<String> values) {
    String condition = "";
    for (int i = keys.size() - 1; i >= 0; i--) {
      String name = PostgresSpelling.quoted(keys.get(i).name());
      String value = typed(keys.get(i), values.get(i));
      condition =
          condition.isEmpty()
              ? name + " " + operator + " " + value
              : ("(" + name + " " + operator.charAt(0) + " " + value)
                  + (" OR " + name + " = " + value + " AND " + condition + ")");
    }
    return condition;
  }

  private static String typed(Column key, String value) {
    return PostgresSpelling.literal(value) + "::" + key.type().nativeName();
  }

  /** Of no length or precision: a value of the other side must not be cut or rounded to it. */
  private static String widest(Column key, String value) {
    String literal = PostgresSpelling.literal(value);
    return switch (key.type().kind()) {
      case BOOLEAN -> value.equals("0") ? "false" : "true";
      case INT16, INT32, INT64 ->
          literal + (WHOLE.matcher(value).matches() ? "::bigint" : "::numeric");
      case DECIMAL -> literal + "::numeric";
      case FLOAT32, FLOAT64 -> literal + "::float8";
      case BYTES -> "decode(" + literal + ", 'hex')";
      case DATE -> literal + "::date";
      case TIME -> literal + "::time";
      case TIMESTAMP -> literal + "::timestamp";
      case TIMESTAMPTZ -> literal + "::timestamptz";
      case UUID -> literal + "::uuid";
      case TEXT -> literal;
      case JSON, OTHER, UNSUPPORTED -> literal + "::" + key.type().nativeName();
    };
  }
}
