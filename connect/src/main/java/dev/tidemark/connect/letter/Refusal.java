package dev.tidemark.connect.letter;

import dev.tidemark.connect.failure.LongValues;
import dev.tidemark.connect.table.RowRejectedException;
import java.util.Collection;
import java.util.List;
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
   * Where the databases name a column: MySQL ({@code 'note'}) and MariaDB ({@code
   * `db`.`item`.`note`}) at the end or the start, PostgreSQL in front of what it says of the table
   * or the value. What stands elsewhere may be a value.
   */
  private static final List<Pattern> COLUMN =
      List.of(
          Pattern.compile("column '([^']+)' at row \\d+$"),
          Pattern.compile("column (?:`[^`]*`\\.){0,2}`([^`]+)` at row \\d+$"),
          Pattern.compile("^Column '([^']+)' cannot be null"),
          Pattern.compile("^(?:ERROR: )?null value in column \"([^\"]+)\" of relation"),
          Pattern.compile("^value too long for type [^\"]+ of column \"(.+)\"$"),
          Pattern.compile(
              "^\\s*Where: COPY [^,\\n]+, line \\d+, column ([^:\\n]+)(?::|$)", Pattern.MULTILINE));

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

  static @Nullable String named(String message, Collection<String> columns) {
    for (Pattern pattern : COLUMN) {
      Matcher found = pattern.matcher(message.strip());
      if (found.find() && columns.contains(found.group(1))) {
        return found.group(1);
      }
    }
    return null;
  }
}
