package dev.tidemark.connect.letter;

import java.util.Set;

/**
 * Columns of a letter that cannot tell whether the source has changed the row: with another mask,
 * or another key of it, the same value has become another one.
 */
@FunctionalInterface
public interface MaskedColumns {

  /**
   * Columns of the target.
   *
   * @param task of the letter's writer
   */
  Set<String> of(String task);
}
