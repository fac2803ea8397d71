package dev.tidemark.workflows.table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says about a table beyond what its catalog tells. Everything may be empty:
 * then all columns go to a table of the same name, keyed by the source's primary key.
 *
 * @param target name of the target table; the source's name when null
 * @param key source columns that identify a row; discovered from the catalog when empty
 * @param include source columns to copy; all when empty
 * @param exclude source columns to leave out
 * @param rename source column to target column
 * @param constants target column to a fixed value. Constant columns are part of the target's key
 *     and make the slice that this source owns of the target table.
 * @param chunkRows rows committed in one transaction; 0 as many as take about a second
 * @param parallelRanges sessions that copy ranges of the table's keys at once, at most; 0 as many
 *     as the worker has processors for
 * @param mode how the table is brought in step
 * @param rows which rows are copied, and what becomes of their values
 * @param shape what may become of the target table
 */
public record TableSpec(
    @Nullable String target,
    List<String> key,
    List<String> include,
    List<String> exclude,
    Map<String, String> rename,
    Map<String, String> constants,
    int chunkRows,
    int parallelRanges,
    ModeSpec mode,
    RowSpec rows,
    ShapeSpec shape) {

  public static final int DEFAULT_CHUNK_ROWS = 0;

  public static final int DEFAULT_PARALLEL_RANGES = 0;

  public static final TableSpec DEFAULT =
      new TableSpec(null, List.of(), List.of(), List.of(), Map.of(), Map.of(), DEFAULT_CHUNK_ROWS);

  public TableSpec {
    key = List.copyOf(Objects.requireNonNull(key, "key"));
    include = List.copyOf(Objects.requireNonNull(include, "include"));
    exclude = List.copyOf(Objects.requireNonNull(exclude, "exclude"));
    rename = Map.copyOf(Objects.requireNonNull(rename, "rename"));
    constants = Map.copyOf(Objects.requireNonNull(constants, "constants"));
    if (chunkRows < 0) {
      throw new IllegalArgumentException("chunkRows cannot be negative");
    }
    // Specs that were written before there were these are still in histories and archives.
    mode = Objects.requireNonNullElse(mode, ModeSpec.FULL);
    rows = Objects.requireNonNullElse(rows, RowSpec.ALL);
    shape = Objects.requireNonNullElse(shape, ShapeSpec.STRICT);
    if (parallelRanges < 0) {
      throw new IllegalArgumentException("parallelRanges cannot be negative");
    }
  }

  /** A table into a target that is taken as it is. */
  public TableSpec(
      @Nullable String target,
      List<String> key,
      List<String> include,
      List<String> exclude,
      Map<String, String> rename,
      Map<String, String> constants,
      int chunkRows,
      int parallelRanges,
      ModeSpec mode,
      RowSpec rows) {
    this(
        target,
        key,
        include,
        exclude,
        rename,
        constants,
        chunkRows,
        parallelRanges,
        mode,
        rows,
        ShapeSpec.STRICT);
  }

  /** A table that is copied in full. */
  public TableSpec(
      @Nullable String target,
      List<String> key,
      List<String> include,
      List<String> exclude,
      Map<String, String> rename,
      Map<String, String> constants,
      int chunkRows) {
    this(
        target,
        key,
        include,
        exclude,
        rename,
        constants,
        chunkRows,
        DEFAULT_PARALLEL_RANGES,
        ModeSpec.FULL,
        RowSpec.ALL);
  }

  /** The same, brought in step in another way. */
  public TableSpec in(ModeSpec other) {
    return new TableSpec(
        target,
        key,
        include,
        exclude,
        rename,
        constants,
        chunkRows,
        parallelRanges,
        other,
        rows,
        shape);
  }

  /** The same with the constants of a source added; the table's own win. */
  public TableSpec withSourceConstants(Map<String, String> sourceConstants) {
    Map<String, String> all = new HashMap<>(sourceConstants);
    all.putAll(constants);
    return new TableSpec(
        target, key, include, exclude, rename, all, chunkRows, parallelRanges, mode, rows, shape);
  }
}
