package dev.tidemark.connect.letter;

import dev.tidemark.connect.table.MappedColumn;
import dev.tidemark.connect.table.RowLine;
import dev.tidemark.connect.table.TableMapping;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row that a target refused.
 *
 * @param key source column to its value as {@code Dialect.canonical} spells it, in the key's order
 * @param values target column to the text that was to be loaded, null for NULL; masked columns are
 *     masked
 */
public record RefusedRow(Map<String, String> key, Map<String, @Nullable String> values) {

  /** Copies both. */
  public RefusedRow(Map<String, String> key, Map<String, @Nullable String> values) {
    this.key = Collections.unmodifiableMap(new LinkedHashMap<>(key));
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * A row with its names.
   *
   * @param key as {@code Dialect.canonical} spells it
   */
  public static RefusedRow of(TableMapping mapping, List<String> key, RowLine line) {
    Map<String, String> keys = new LinkedHashMap<>();
    List<MappedColumn> columns = mapping.sourceKey();
    for (int i = 0; i < columns.size(); i++) {
      keys.put(columns.get(i).source().name(), key.get(i));
    }
    Map<String, @Nullable String> values = new LinkedHashMap<>();
    List<String> names = mapping.targetColumns();
    List<@Nullable String> fields = line.fields();
    for (int i = 0; i < names.size(); i++) {
      values.put(names.get(i), fields.get(i));
    }
    return new RefusedRow(keys, values);
  }

  /**
   * Whether the source has not changed a row since a letter was written, as far as that can be
   * told: what only one of both holds says how columns are mapped, and nothing of the source's row.
   *
   * @param before what the letter holds
   * @param masked target columns whose values say nothing of the source's
   */
  boolean isStill(Map<String, @Nullable String> before, Set<String> masked) {
    return values.entrySet().stream()
        .filter(value -> before.containsKey(value.getKey()) && !masked.contains(value.getKey()))
        .allMatch(value -> Objects.equals(value.getValue(), before.get(value.getKey())));
  }

  /** Names no value: it may be anybody's. */
  @Override
  public String toString() {
    return "a row of " + values.size() + " columns";
  }
}
