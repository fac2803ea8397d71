package dev.tidemark.connect.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands between two dots of a {@link TablePattern}.
 *
 * @param text without its quotes
 */
record PatternPart(String text, boolean quoted) {

  private static final int SAME = 0;
  private static final int OTHER_CASE = 1;
  private static final int MODEL = 2;
  private static final int LOOSE_MODEL = 3;

  private static final String CHARACTERS = "[^\\s.,;:/\\\\%'\"`\\[\\](){}]+";
  private static final Pattern PLAIN = Pattern.compile(CHARACTERS + "( " + CHARACTERS + ")*");
  private static final Pattern NEXT =
      Pattern.compile("\"((?:[^\"]|\"\")+)\"(?=\\.|$)|`((?:[^`]|``)+)`(?=\\.|$)|([^.]*)");

  /** The parts of a text; none when it is malformed. */
  static List<PatternPart> split(String text) {
    List<PatternPart> parts = new ArrayList<>();
    Matcher next = NEXT.matcher(text);
    int from = 0;
    while (next.region(from, text.length()).lookingAt()) {
      if (next.group(1) != null) {
        parts.add(new PatternPart(next.group(1).replace("\"\"", "\""), true));
      } else if (next.group(2) != null) {
        parts.add(new PatternPart(next.group(2).replace("``", "`"), true));
      } else if (PLAIN.matcher(next.group(3)).matches()) {
        parts.add(new PatternPart(next.group(3), false));
      } else {
        return List.of();
      }
      if (next.end() == text.length()) {
        return parts;
      }
      from = next.end() + 1;
    }
    return List.of();
  }

  boolean hasWildcard() {
    return !quoted && (text.indexOf('*') >= 0 || text.indexOf('?') >= 0);
  }

  /** The name as a catalog most likely spells it. */
  String inCatalog() {
    return !quoted && TableNames.isModel(text) ? TableNames.snake(text) : text;
  }

  /** How unlike a name is: 0 for the same; empty when another is meant. */
  OptionalInt unlike(String name) {
    if (name.equals(text)) {
      return OptionalInt.of(SAME);
    }
    return !quoted && glob(text).matcher(lower(name)).matches()
        ? OptionalInt.of(hasWildcard() ? SAME : OTHER_CASE)
        : OptionalInt.empty();
  }

  /** As {@link #unlike}, for a table, which may be called as its model. */
  OptionalInt unlikeTable(String table) {
    OptionalInt plain = unlike(table);
    if (plain.isPresent() || quoted) {
      return plain;
    }
    if (TableNames.model(table).equals(text)
        || (TableNames.isModel(text) && lower(table).equals(TableNames.snake(text)))) {
      return OptionalInt.of(MODEL);
    }
    return TableNames.isModel(text) && glob(text).matcher(lower(table).replace("_", "")).matches()
        ? OptionalInt.of(LOOSE_MODEL)
        : OptionalInt.empty();
  }

  private static Pattern glob(String glob) {
    StringBuilder regex = new StringBuilder();
    lower(glob)
        .codePoints()
        .forEach(
            character -> {
              switch (character) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(Character.toString(character)));
              }
            });
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
