package dev.tidemark.api.letter;

import dev.tidemark.connect.letter.DeadLetter;

/**
 * A letter and where it lies.
 *
 * @param connection the target
 */
record PlacedLetter(String connection, DeadLetter letter) {

  LetterView view() {
    return LetterView.of(connection, letter);
  }
}
