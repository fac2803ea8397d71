package dev.tidemark.connect.failure;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The known words that a misspelt one most likely means. */
public final class Suggestion {

  private record Near(String shown, int distance) {}

  private Suggestion() {}

  /** The nearest word, unless even that is too far away to be meant. */
  public static Optional<String> nearest(String word, Collection<String> known) {
    return nearest(word, known, Function.identity(), Function.identity(), 1).stream().findFirst();
  }

  /**
   * The nearest things, the nearest first.
   *
   * @param name what each is called
   * @param shown what each is shown as
   * @param most how many at most
   */
  public static <T> List<String> nearest(
      String word,
      Collection<T> known,
      Function<? super T, String> name,
      Function<? super T, String> shown,
      int most) {
    return known.stream()
        .filter(candidate -> isNear(word, name.apply(candidate)))
        .map(
            candidate ->
                new Near(
                    shown.apply(candidate), distance(plain(word), plain(name.apply(candidate)))))
        .sorted(Comparator.comparingInt(Near::distance))
        .map(Near::shown)
        .distinct()
        .limit(most)
        .toList();
  }

  /** {@code " Did you mean a or b?"}, with a blank before it; nothing for nothing. */
  public static String question(List<String> words) {
    return words.isEmpty() ? "" : " Did you mean " + String.join(" or ", words) + "?";
  }

  private static boolean isNear(String word, String candidate) {
    int distance = distance(plain(word), plain(candidate));
    return distance <= Math.max(2, candidate.length() / 3)
        && distance < Math.min(plain(word).length(), plain(candidate).length());
  }

  /** pool-size, pool_size and poolSize are the same word. */
  private static String plain(String word) {
    return word.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
  }

  /** Levenshtein's distance. */
  private static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int change = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[right.length()];
  }
}
