package dev.tidemark.connect.configuration;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a batch says about its tables, or about one of them.
 *
 * @param target name of the target table; the source's name when null
 * @param key columns that identify a row; discovered when empty
 * @param include columns to copy; all when empty
 * @param exclude columns to leave out
 * @param rename source column to target column
 * @param constants target column to fixed value, part of the target's key
 * @param filter condition in the SQL of the source that rows to copy fulfil; all when null
 * @param mask source column to how its values are hidden: {@code hash} or {@code redact}
 * @param cast source column to the type of its target column, where Tidemark makes that
 * @param copy how the table is copied
 */
public record TableConfiguration(
    @Nullable String target,
    List<String> key,
    List<String> include,
    List<String> exclude,
    Map<String, String> rename,
    Map<String, String> constants,
    @Nullable String filter,
    Map<String, String> mask,
    Map<String, String> cast,
    CopyConfiguration copy) {

  public TableConfiguration {
    key = List.copyOf(key);
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    rename = Ordered.copyOf(rename);
    constants = Ordered.copyOf(constants);
    mask = Ordered.copyOf(mask);
    cast = Ordered.copyOf(cast);
    Objects.requireNonNull(copy, "copy");
  }
}
