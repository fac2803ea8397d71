package dev.tidemark.connect.failure;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values of rows in messages: as much of them as one needs to find the row. */
public final class LongValues {

  private static final int MOST = 80;

  /** {@code 'value'} of MySQL and MariaDB, {@code (column)=(value)} of PostgreSQL. */
  private static final Pattern VALUE =
      Pattern.compile("(?s)(?<quote>')(?<text>[^']{81,})'|(?<equals>=\\()(?<key>[^)]{81,})\\)");

  private LongValues() {}

  /** The value, or its beginning and an ellipsis. */
  public static String cut(String value) {
    return value.codePointCount(0, value.length()) <= MOST
        ? value
        : value.substring(0, value.offsetByCodePoints(0, MOST)) + "…";
  }

  /** A message of a database with its values cut. */
  public static String cutIn(String message) {
    return VALUE
        .matcher(message)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group("quote") != null
                        ? "'" + cut(found.group("text")) + "'"
                        : "=(" + cut(found.group("key")) + ")"));
  }
}
