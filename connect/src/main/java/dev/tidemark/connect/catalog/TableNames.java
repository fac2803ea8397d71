package dev.tidemark.connect.catalog;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The two ways in which people spell a table: as its catalog does ({@code ad_org}) and as a model
 * of a program does ({@code AdOrg}).
 */
public final class TableNames {

  private static final Pattern WORD_START =
      Pattern.compile("(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");

  private TableNames() {}

  /**
   * The name of a model, from that of its table: {@code ad_org} to {@code AdOrg}. A name that is
   * spelled as a model already stays as it is.
   */
  public static String model(String table) {
    if (isModel(table) && Character.isUpperCase(table.codePointAt(0))) {
      return table;
    }
    StringBuilder model = new StringBuilder(table.length());
    for (String word : snake(table).split("_", -1)) {
      if (!word.isEmpty()) {
        int first = word.codePointAt(0);
        model.appendCodePoint(Character.toTitleCase(first));
        model.append(word.substring(Character.charCount(first)));
      }
    }
    return model.toString();
  }

  /** The name of a table, from that of its model: {@code AdOrg} to {@code ad_org}. */
  public static String snake(String model) {
    String words = isModel(model) ? WORD_START.matcher(model).replaceAll("_") : model;
    return words.toLowerCase(Locale.ROOT);
  }

  /** Whether a name is spelled as a model: capitals begin its words, nothing parts them. */
  static boolean isModel(String name) {
    return name.indexOf('_') < 0
        && name.codePoints().anyMatch(Character::isUpperCase)
        && name.codePoints().anyMatch(Character::isLowerCase);
  }
}
