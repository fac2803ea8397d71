package dev.tidemark.connect.configuration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one reading of a configuration has found so far, and what it needs at every place. */
final class Reading {

  private final Environment environment;
  private final @Nullable Path directory;
  private final List<Mistake> mistakes = new ArrayList<>();

  /**
   * @param directory what relative paths of files start from; null when the text is of no file, and
   *     then files are not looked for
   */
  Reading(Environment environment, @Nullable Path directory) {
    this.environment = environment;
    this.directory = directory;
  }

  Environment environment() {
    return environment;
  }

  @Nullable Path directory() {
    return directory;
  }

  void mistake(String path, int line, String found, String allowed) {
    mistakes.add(new Mistake(path, line, found, allowed));
  }

  /** How many mistakes were found; the same number before and after says that all went well. */
  int count() {
    return mistakes.size();
  }

  /** In the order of the file; what two looks at the same place found stands there once. */
  List<Mistake> mistakes() {
    return mistakes.stream().distinct().sorted(Comparator.comparingInt(Mistake::line)).toList();
  }
}
