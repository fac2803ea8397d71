package dev.tidemark.connect.letter;

import dev.tidemark.connect.failure.LongValues;
import dev.tidemark.connect.table.RowRejectedException;
import java.util.Collection;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why a row is not taken.
 *
 * @param code stable code of the error
 * @param message the database's words
 * @param column the target's column that they name; null when they name none
 */
public record Refusal(String code, String message, @Nullable String column) {

  /** What stands in the place of a code when the source has the row no more. */
  static final Refusal GONE =
      new Refusal("ROW_GONE", "The source has no row of this key any more.", null);

  /**
   * {@code column 'note'} of MySQL, {@code column `db`.`item`.`note`} of MariaDB, {@code column
   * "note"} and {@code line 1, column note:} of PostgreSQL.
   */
  private static final Pattern COLUMN =
      Pattern.compile(
          "(?i)column (?:'(?<quoted>[^']+)'|(?:`[^`]*`\\.){0,2}`(?<ticks>[^`]+)`"
              + "|\"(?<double>[^\"]+)\"|(?<bare>[^:\"'`]+):)");

  public Refusal {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(message, "message");
  }

  /**
   * What a rejection says.
   *
   * @param columns names that the column can have
   */
  public static Refusal of(RowRejectedException rejection, Collection<String> columns) {
    String message = String.valueOf(rejection.getMessage());
    return new Refusal(
        rejection.code().name(), LongValues.cutIn(message.strip()), named(message, columns));
  }

  private static @Nullable String named(String message, Collection<String> columns) {
    Matcher found = COLUMN.matcher(message);
    while (found.find()) {
      for (String group : new String[] {"quoted", "ticks", "double", "bare"}) {
        String name = found.group(group);
        if (name != null && columns.contains(name)) {
          return name;
        }
      }
    }
    return null;
  }
}
