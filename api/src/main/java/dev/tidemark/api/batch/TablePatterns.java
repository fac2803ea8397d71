package dev.tidemark.api.batch;

import dev.tidemark.api.table.TableNames;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whether a batch takes a table that somebody asks for, as far as this can be told without the
 * catalog: a pattern without a schema takes the table in any, and a table without one may be in
 * any.
 */
final class TablePatterns {

  private TablePatterns() {}

  static boolean include(List<String> patterns, String asked) {
    String table = TableNames.catalog(asked);
    return table.contains("*")
        || patterns.stream().anyMatch(pattern -> matches(TableNames.catalog(pattern), table));
  }

  private static boolean matches(String pattern, String table) {
    boolean bothQualified = pattern.contains(".") && table.contains(".");
    return bothQualified ? glob(pattern, table) : glob(unqualified(pattern), unqualified(table));
  }

  private static boolean glob(String pattern, String name) {
    String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q");
    return Pattern.matches(regex, name);
  }

  private static String unqualified(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
