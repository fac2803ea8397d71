package dev.tidemark.connect.letter;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row that a target refused, and what became of it. A row of a slice has one letter at most.
 *
 * @param id made of the table, the slice and the key
 * @param table the target table
 * @param slice what the source owns of it; empty for all of it
 * @param source the table that was read: {@code connection.schema.table}
 * @param pass the batch, or the standalone sync, that wrote it last
 * @param row the key, and the values as they were to be loaded
 * @param edits target column to the value that somebody wants instead
 * @param refusal why it was refused the last time
 * @param attempts how often it was refused
 * @param task what whoever tries again has to know; its writer's matter
 */
public record DeadLetter(
    String id,
    String table,
    String slice,
    String source,
    String pass,
    RefusedRow row,
    Map<String, @Nullable String> edits,
    Refusal refusal,
    LetterState state,
    int attempts,
    Instant firstAt,
    Instant lastAt,
    String task) {

  /** As lists show them. */
  public static final Comparator<DeadLetter> NEWEST_FIRST =
      Comparator.comparing(DeadLetter::firstAt).thenComparing(DeadLetter::id).reversed();

  public DeadLetter {
    edits = Collections.unmodifiableMap(new LinkedHashMap<>(edits));
  }

  /** Where the page behind it begins, in lists of any target. */
  public String cursor() {
    return LetterCursor.of(this).token();
  }

  public boolean edited() {
    return !edits.isEmpty();
  }

  /** The key's values alone. */
  public List<String> key() {
    return List.copyOf(row.key().values());
  }

  /** The row as it is to be written: with what was edited. */
  public Map<String, @Nullable String> wanted() {
    Map<String, @Nullable String> all = new LinkedHashMap<>(row.values());
    all.putAll(edits);
    return Collections.unmodifiableMap(all);
  }

  /** Names no value: it may be anybody's. */
  @Override
  public String toString() {
    return "letter " + id + " of " + table;
  }
}
