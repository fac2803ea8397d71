package dev.tidemark.api.batch;

import dev.tidemark.api.problem.Problem.Mistake;
import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.workflows.table.Deletes;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Body of a request to mend tables of a batch where they differ from their sources.
 *
 * @param batch name of the batch in the configuration; may be left out when there is one
 * @param connections sources to take; all when left out
 * @param tables tables to take; all when left out
 * @param verification id of a verification, to mend just the tables in which it found differences;
 *     instead of the three above
 * @param deletes what happens to rows that only the target has; when left out, what is configured
 *     for tables of mode diff, and nothing for others
 * @param whenBusy what to do when another sync holds a table; as configured when left out
 * @param verify whether the tables are compared once more when they are done; not when left out
 */
@Schema(example = "{\"batch\": \"branches\", \"tables\": [\"AdOrg\"], \"deletes\": \"hard\"}")
record RepairRequest(
    @Nullable String batch,
    @Nullable List<String> connections,
    @Nullable List<String> tables,
    @Nullable String verification,
    @Schema(allowableValues = {"ignore", "soft", "hard"}) @Nullable String deletes,
    @Schema(allowableValues = {"wait", "refuse"}) @Nullable String whenBusy,
    @Nullable Boolean verify) {

  static final RepairRequest EVERYTHING =
      new RepairRequest(null, null, null, null, null, null, null);

  private static final Set<String> DELETES = Set.of("ignore", "soft", "hard");

  /**
   * Refuses what makes no sense.
   *
   * @throws ProblemException 422 with every mistake
   */
  void check() {
    List<Mistake> mistakes = new ArrayList<>();
    if (deletes != null && !DELETES.contains(deletes)) {
      mistakes.add(new Mistake("deletes", "must be one of hard, ignore, soft"));
    }
    if (verification != null && (batch != null || connections != null || tables != null)) {
      mistakes.add(
          new Mistake(
              "verification", "says which tables; leave batch, connections and tables out"));
    }
    if (!mistakes.isEmpty()) {
      throw ProblemException.invalid(mistakes);
    }
  }

  /** Null for what is configured. */
  @Nullable Deletes asDeletes() {
    return deletes == null ? null : Deletes.valueOf(deletes.toUpperCase(Locale.ROOT));
  }

  /** What is asked for, as of a batch. */
  StartRequest asked() {
    return new StartRequest(batch, connections, tables, whenBusy, verify);
  }

  /** All of the batch of this name. */
  StartRequest all(String name) {
    return new StartRequest(name, null, null, whenBusy, verify);
  }
}
