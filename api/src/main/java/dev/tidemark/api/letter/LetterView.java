package dev.tidemark.api.letter;

import dev.tidemark.connect.letter.DeadLetter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row that a target refused.
 *
 * @param connection of the target
 * @param table of the target
 * @param slice what the source owns of the table; empty for all of it
 * @param source table that was read: {@code connection.schema.table}
 * @param state {@code open}, {@code resolved} or {@code discarded}
 * @param key source column to its value
 * @param values target column to the text that was to be written, null for NULL
 * @param edits target column to what is to be written instead
 * @param code of the error
 * @param reason in the words of the database
 * @param column that the database names
 * @param attempts how often the row was refused
 * @param batchId the batch, or the workflow of the standalone sync, that wrote the letter last
 */
@Schema(name = "DeadLetter")
record LetterView(
    String id,
    String connection,
    String table,
    String slice,
    String source,
    String state,
    Map<String, String> key,
    Map<String, @Nullable String> values,
    Map<String, @Nullable String> edits,
    String code,
    String reason,
    @Nullable String column,
    int attempts,
    Instant firstAt,
    Instant lastAt,
    String batchId) {

  /** A page, newest first. */
  @Schema(name = "DeadLetterListing")
  record Listing(List<LetterView> letters, @Nullable String nextCursor) {

    /**
     * The first ones of several.
     *
     * @param letters newest first
     * @param more whether there are others behind them
     */
    static Listing of(List<PlacedLetter> letters, int limit, boolean more) {
      List<PlacedLetter> page = letters.subList(0, Math.min(limit, letters.size()));
      return new Listing(
          page.stream().map(PlacedLetter::view).toList(),
          more || page.size() < letters.size() ? page.getLast().letter().cursor() : null);
    }
  }

  static LetterView of(String connection, DeadLetter letter) {
    return new LetterView(
        letter.id(),
        connection,
        letter.table(),
        letter.slice(),
        letter.source(),
        letter.state().word(),
        letter.row().key(),
        letter.row().values(),
        letter.edits(),
        letter.refusal().code(),
        letter.refusal().message(),
        letter.refusal().column(),
        letter.attempts(),
        letter.firstAt(),
        letter.lastAt(),
        letter.pass());
  }
}
