package dev.tidemark.api.letter;

import dev.tidemark.api.problem.Problem.Mistake;
import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.connect.letter.DeadLetter;
import dev.tidemark.workflows.PayloadJson;
import dev.tidemark.workflows.table.TableSpec;
import dev.tidemark.workflows.table.TableTask;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Body of a request that edits a dead letter.
 *
 * @param values target column to its new value, null for NULL
 */
@Schema(example = "{\"values\": {\"note\": \"shorter\", \"amount\": null}}")
record LetterEdits(@Nullable Map<String, @Nullable String> values) {

  /**
   * The values for a letter.
   *
   * @throws ProblemException 422 naming every column that cannot be edited
   */
  Map<String, @Nullable String> of(DeadLetter letter) {
    Map<String, @Nullable String> wanted = values == null ? Map.of() : new LinkedHashMap<>(values);
    List<Mistake> mistakes = new ArrayList<>();
    if (wanted.isEmpty()) {
      mistakes.add(new Mistake("values", "must have a column at least"));
    }
    Set<String> columns = letter.row().values().keySet();
    Set<String> fixed = fixed(letter);
    for (String column : wanted.keySet()) {
      if (!columns.contains(column)) {
        mistakes.add(
            new Mistake(
                "values." + column, "is no column of the letter: " + String.join(", ", columns)));
      } else if (fixed.contains(column)) {
        mistakes.add(new Mistake("values." + column, "says which row it is, and cannot be edited"));
      }
    }
    if (!mistakes.isEmpty()) {
      throw ProblemException.invalid(mistakes);
    }
    return wanted;
  }

  /** The target's key: with another one it would be another row. */
  private static Set<String> fixed(DeadLetter letter) {
    TableSpec spec = PayloadJson.read(letter.task(), TableTask.class).spec();
    Set<String> fixed =
        letter.row().key().keySet().stream()
            .map(
                column ->
                    spec.rename().entrySet().stream()
                        .filter(renamed -> renamed.getKey().equalsIgnoreCase(column))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(column))
            .collect(Collectors.toSet());
    fixed.addAll(spec.constants().keySet());
    return fixed;
  }
}
