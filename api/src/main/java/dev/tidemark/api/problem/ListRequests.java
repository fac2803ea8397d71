package dev.tidemark.api.problem;

import dev.tidemark.api.problem.Problem.Mistake;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all lists refuse alike. */
public final class ListRequests {

  private static final int MOST_PER_PAGE = 100;

  private ListRequests() {}

  /**
   * Checks a request for a page.
   *
   * @param property by which the list is narrowed down
   * @param word its value; null for none
   * @param words that it may be
   * @param limit most rows of the page
   * @throws ProblemException 422 with every mistake
   */
  public static void check(
      String property, @Nullable String word, Collection<String> words, int limit) {
    List<Mistake> mistakes = new ArrayList<>();
    if (word != null && !words.contains(word)) {
      mistakes.add(new Mistake(property, "must be one of " + String.join(", ", words)));
    }
    if (limit < 1 || limit > MOST_PER_PAGE) {
      mistakes.add(new Mistake("limit", "must be from 1 to " + MOST_PER_PAGE));
    }
    if (!mistakes.isEmpty()) {
      throw ProblemException.invalid(mistakes);
    }
  }

  /** 422: the cursor is none that a list has returned. */
  public static ProblemException notACursor() {
    return ProblemException.invalid(
        List.of(new Mistake("cursor", "must be a nextCursor that a list has returned")));
  }
}
