package dev.tidemark.connect.mysql;

import dev.tidemark.connect.type.ColumnType;
import dev.tidemark.connect.type.Members;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Texts on their way into an enum or a set. Servers take a number that is no member for the place
 * of one, or for the sum of such: 1 becomes the first of the list and 0 nothing, without a word.
 */
final class MysqlMembers {

  /** What servers read as a number. */
  private static final String NUMBER = "^[[:space:]]*[-+]?[0-9]+[[:space:]]*$";

  private static final Pattern NUMBERS = Pattern.compile("\\s*[-+]?[0-9]+\\s*");

  /** A member has 255 characters at most, so that every server refuses this. */
  private static final String NO_MEMBER = "REPEAT('-', 256)";

  private MysqlMembers() {}

  /**
   * An expression of what is stored: the field, unless it is a number that is no member.
   *
   * @param target an enum or a set
   */
  static String only(ColumnType target, String field) {
    String numbers =
        Members.of(target).stream()
            .filter(NUMBERS.asMatchPredicate())
            .map(MysqlSpelling::literal)
            .collect(Collectors.joining(", "));
    String isNumber = field + " RLIKE '" + NUMBER + "'";
    String isPlace =
        numbers.isEmpty() ? isNumber : isNumber + " AND " + field + " NOT IN (" + numbers + ")";
    return "IF(" + isPlace + ", " + NO_MEMBER + ", " + field + ")";
  }
}
