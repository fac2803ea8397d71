package dev.tidemark.connect.table;

import java.util.List;
import java.util.Map;

/**
 * What the configuration says about a table's columns.
 *
 * @param key source columns that identify a row; discovered when empty
 * @param include source columns to copy; all when empty
 * @param exclude source columns to leave out
 * @param rename source column to target column
 * @param constants target column to fixed value
 */
public record ColumnChoice(
    List<String> key,
    List<String> include,
    List<String> exclude,
    Map<String, String> rename,
    Map<String, String> constants) {

  public static final ColumnChoice ALL =
      new ColumnChoice(List.of(), List.of(), List.of(), Map.of(), Map.of());

  public ColumnChoice {
    key = List.copyOf(key);
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    rename = Map.copyOf(rename);
    constants = Map.copyOf(constants);
  }

  boolean takes(String column) {
    return (include.isEmpty() || include.stream().anyMatch(column::equalsIgnoreCase))
        && exclude.stream().noneMatch(column::equalsIgnoreCase);
  }

  String targetName(String column) {
    return rename.entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(column))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(column);
  }
}
