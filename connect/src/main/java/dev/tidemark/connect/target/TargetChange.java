package dev.tidemark.connect.target;

import java.util.Objects;

/**
 * One thing that is done to a target table before rows are written to it.
 *
 * @param words what it is, such as {@code adds column note (varchar(40))}
 * @param statement that does it
 */
public record TargetChange(String words, String statement) {

  public TargetChange {
    Objects.requireNonNull(words, "words");
    Objects.requireNonNull(statement, "statement");
  }
}
