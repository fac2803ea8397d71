package dev.tidemark.connect.letter;

/**
 * Where the row of an open letter belongs, without the row.
 *
 * @param slice of the target table
 * @param task what whoever tries again has to know
 */
public record LetterPlace(String id, String slice, String task) {}
