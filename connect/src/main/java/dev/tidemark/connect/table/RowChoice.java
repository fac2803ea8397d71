package dev.tidemark.connect.table;

import dev.tidemark.connect.type.ColumnKind;
import dev.tidemark.connect.type.ColumnType;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a source are read, and what is hidden of them.
 *
 * @param filter condition in the SQL of the source, which its owner wrote; all rows when null
 * @param masks source column, as the catalog spells it, to how it is hidden
 * @param key with which values are hashed; by themselves when null
 * @param leftOut condition that single rows meet which are not read now; none when null
 */
public record RowChoice(
    @Nullable String filter,
    Map<String, Mask> masks,
    @Nullable MaskKey key,
    @Nullable String leftOut) {

  public static final RowChoice ALL = new RowChoice(null, Map.of(), null);

  private static final int DIGITS = 64;
  private static final String REDACTED = "***";

  public RowChoice {
    masks = Map.copyOf(masks);
  }

  /** Of which no single row is left out. */
  public RowChoice(@Nullable String filter, Map<String, Mask> masks, @Nullable MaskKey key) {
    this(filter, masks, key, null);
  }

  /** Those of them that meet a condition. */
  RowChoice and(String condition) {
    return new RowChoice(
        filter == null ? condition : "(" + filter + "\n) AND " + condition, masks, key, leftOut);
  }

  /** All but the rows that meet a condition. */
  RowChoice leavingOut(String condition) {
    return new RowChoice(filter, masks, key, condition);
  }

  /** With the rows that are left out. */
  RowChoice whole() {
    return new RowChoice(filter, masks, key);
  }

  /** What a mask makes of a column. */
  Column masked(Column column) {
    Mask mask = masks.get(column.name());
    return mask == null
        ? column
        : new Column(
            column.name(),
            ColumnType.sized(ColumnKind.TEXT, DIGITS, "varchar(" + DIGITS + ")"),
            column.nullable(),
            false);
  }

  /**
   * What stands behind FROM: the table, or a query in its place that databases see through, so that
   * they still use the table's indexes.
   */
  String relation(Dialect dialect, TableShape table) {
    String name = dialect.quote(table.schema(), table.name());
    String condition = condition();
    return condition == null && masks.isEmpty()
        ? name
        : "(SELECT "
            + table.columns().stream()
                .map(column -> expression(dialect, column))
                .collect(Collectors.joining(", "))
            + (" FROM " + name + (condition == null ? "" : " WHERE (" + condition + "\n)") + ")");
  }

  private @Nullable String condition() {
    return leftOut == null ? filter : and("NOT (" + leftOut + ")").filter();
  }

  private String expression(Dialect dialect, Column column) {
    String name = dialect.quote(column.name());
    return Optional.ofNullable(masks.get(column.name()))
        .map(
            mask ->
                switch (mask) {
                  case HASH -> dialect.hashed(name, key) + " AS " + name;
                  case REDACT ->
                      ("CASE WHEN " + name + " IS NOT NULL THEN ")
                          + (dialect.literal(REDACTED) + " END AS " + name);
                })
        .orElse(name);
  }

  /** Tells any two choices apart; kept in targets, as {@link TableMapping#specification}. */
  String specification() {
    String hidden =
        new TreeMap<>(masks)
            .entrySet().stream()
                .map(mask -> mask.getKey() + "=" + mask.getValue().name())
                .collect(Collectors.joining(", ", "{", "}"));
    String by = key != null && masks.containsValue(Mask.HASH) ? " by " + key.fingerprint() : "";
    return "filter " + condition() + ", masks " + hidden + by;
  }
}
