package dev.tidemark.connect.comparison;

import dev.tidemark.connect.table.Column;
import dev.tidemark.connect.table.ColumnPair;
import dev.tidemark.connect.type.ColumnKind;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a range of keys means the same rows on both sides: both must order the key alike, and
 * both should find a range without reading all rows.
 */
final class KeyOrder {

  /** Collations that order hexadecimal digits as their bytes; Danish, say, has aa behind z. */
  private static final Pattern ORDERS_UUIDS =
      Pattern.compile(
          "(ascii|latin1|utf8mb[34])_((general_)?(nopad_)?(bin|ci)|0900_(bin|ai_ci|as_ci|as_cs)"
              + "|unicode_(520_)?(nopad_)?ci|uca1400_(nopad_)?a[is]_c[is])");

  private KeyOrder() {}

  static boolean isAlike(ComparedTable source, ComparedTable target) {
    return !source.key().isEmpty()
        && source.key().stream().allMatch(KeyOrder::alike)
        && hasIndex(source, Set.of())
        && hasIndex(target, target.constants());
  }

  /** Columns that the slice fixes may stand anywhere in the index. */
  private static boolean hasIndex(ComparedTable table, Set<String> fixed) {
    List<String> index =
        table.shape().key().stream()
            .filter(name -> fixed.stream().noneMatch(name::equalsIgnoreCase))
            .toList();
    return index.equals(table.key().stream().map(column -> column.here().name()).toList());
  }

  private static boolean alike(ColumnPair pair) {
    Column source = pair.here();
    Column target = pair.there();
    ColumnKind there = target.type().kind();
    return switch (source.type().kind()) {
      case BOOLEAN, INT16, INT32, INT64, DECIMAL -> isNumber(there);
      case BYTES, DATE, TIME -> there == source.type().kind();
      case TIMESTAMP, TIMESTAMPTZ ->
          there == ColumnKind.TIMESTAMP || there == ColumnKind.TIMESTAMPTZ;
      case TEXT ->
          there == ColumnKind.TEXT
              && !source.ordering().isEmpty()
              && source.ordering().equals(target.ordering());
      case UUID ->
          source.ordering().equals(Column.BY_BYTES)
              && (target.ordering().equals(Column.BY_BYTES)
                  || ORDERS_UUIDS.matcher(target.ordering()).matches());
      // A float's text is not all of its value.
      case FLOAT32, FLOAT64, JSON, OTHER, UNSUPPORTED -> false;
    };
  }

  private static boolean isNumber(ColumnKind kind) {
    return switch (kind) {
      case BOOLEAN, INT16, INT32, INT64, DECIMAL -> true;
      case FLOAT32,
          FLOAT64,
          TEXT,
          BYTES,
          DATE,
          TIME,
          TIMESTAMP,
          TIMESTAMPTZ,
          UUID,
          JSON,
          OTHER,
          UNSUPPORTED ->
          false;
    };
  }
}
