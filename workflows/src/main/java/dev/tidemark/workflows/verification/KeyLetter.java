package dev.tidemark.workflows.verification;

import java.util.Objects;

/**
 * The dead letter for whose sake a key differs.
 *
 * @param state {@code open}: the target refuses the row; {@code edited}: somebody wrote other
 *     values; {@code discarded}: somebody does without the row
 */
public record KeyLetter(String id, String state) {

  public KeyLetter {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(state, "state");
  }

  /** Whether somebody has decided so. */
  public boolean decided() {
    return !state.equals("open");
  }
}
