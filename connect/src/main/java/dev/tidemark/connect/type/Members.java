package dev.tidemark.connect.type;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The texts that an enum or a set of MySQL or MariaDB lists. */
public final class Members {

  /** A quote within a text is doubled. */
  private static final Pattern QUOTED = Pattern.compile("'((?:[^']++|'')*+)'");

  private Members() {}

  /** The members of a listed type in its order, with the server's escapes; empty for others. */
  public static List<String> of(ColumnType type) {
    return type.isListed()
        ? QUOTED
            .matcher(type.nativeName())
            .results()
            .map(text -> text.group(1).replace("''", "'"))
            .toList()
        : List.of();
  }

  /** Whether a list has all members of another of its family, so that a text stays the same. */
  public static boolean areAllIn(ColumnType source, ColumnType target) {
    if (!source.isListed() || !target.isListed() || !source.family().equals(target.family())) {
      return false;
    }
    List<String> here = of(source);
    List<String> there = of(target);
    // The text of a set has its members in the order of the list.
    return source.family().equals("set")
        ? there.stream().filter(Set.copyOf(here)::contains).toList().equals(here)
        : Set.copyOf(there).containsAll(here);
  }
}
