package dev.tidemark.workflows.letter;

import java.util.List;
import java.util.Objects;

/**
 * Dead letters of one target table that are to be tried again. Their rows lie in the target: here
 * are only their ids.
 *
 * @param connection name of the target's connection
 * @param table the target table
 * @param ids the letters; all that are open when empty
 * @param generation how often the workflow has scheduled this, from 1
 */
public record LetterTask(String connection, String table, List<String> ids, int generation) {

  /** A task has no more ids than this: payloads are to stay small. */
  public static final int MOST_IDS = 1_000;

  public LetterTask {
    Objects.requireNonNull(connection, "connection");
    Objects.requireNonNull(table, "table");
    ids = List.copyOf(Objects.requireNonNull(ids, "ids"));
    if (ids.size() > MOST_IDS) {
      throw new IllegalArgumentException("a task has at most " + MOST_IDS + " ids");
    }
    if (generation < 1) {
      throw new IllegalArgumentException("generation counts from 1");
    }
  }

  /** The same, scheduled once more. */
  public LetterTask again() {
    return new LetterTask(connection, table, ids, generation + 1);
  }
}
