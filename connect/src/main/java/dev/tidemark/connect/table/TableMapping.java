package dev.tidemark.connect.table;

import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.type.ColumnKind;
import dev.tidemark.connect.type.ColumnType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which columns of a source table go where, and what identifies a row on both sides.
 *
 * @param source the table read
 * @param targetTable name of the table written
 * @param columns columns that travel
 * @param constants target columns with a fixed value, by name; part of the target's key
 * @param sourceKey columns that identify a row in the source
 * @param rows which rows are read, and what is hidden of them
 * @param order source columns in whose order rows are read: those of the key, or another one in
 *     front of them
 */
public record TableMapping(
    TableShape source,
    String targetTable,
    List<MappedColumn> columns,
    Map<String, String> constants,
    List<MappedColumn> sourceKey,
    RowChoice rows,
    List<Column> order) {

  public TableMapping {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(targetTable, "targetTable");
    columns = List.copyOf(columns);
    sourceKey = List.copyOf(sourceKey);
    order = List.copyOf(order);
    Objects.requireNonNull(rows, "rows");
    constants = Collections.unmodifiableMap(new TreeMap<>(constants));
  }

  private TableMapping(
      TableShape source,
      String targetTable,
      List<MappedColumn> columns,
      Map<String, String> constants,
      List<MappedColumn> sourceKey,
      RowChoice rows) {
    this(
        source,
        targetTable,
        columns,
        constants,
        sourceKey,
        rows,
        sourceKey.stream().map(MappedColumn::source).toList());
  }

  /** Maps all rows of a table as the configuration says. */
  public static TableMapping of(TableShape source, String targetTable, ColumnChoice wanted) {
    return of(source, targetTable, wanted, RowChoice.ALL);
  }

  /**
   * Maps a table as the configuration says.
   *
   * @param wanted what the configuration says; names are checked against the source
   * @throws SyncException COLUMN_NOT_FOUND, COLUMN_MISMATCH or NO_KEY, naming every column that is
   *     wrong
   */
  public static TableMapping of(
      TableShape source, String targetTable, ColumnChoice wanted, RowChoice rows) {
    return of(source, targetTable, wanted, rows, true);
  }

  /**
   * As {@link #of(TableShape, String, ColumnChoice, RowChoice)}, of a table that may have no key
   * where all of its rows are replaced.
   */
  public static TableMapping of(
      TableShape source,
      String targetTable,
      ColumnChoice wanted,
      RowChoice rows,
      boolean needsKey) {
    ChosenColumns chosen = new ChosenColumns(source, wanted, rows);
    List<MappedColumn> columns = chosen.columns();
    return new TableMapping(
        source, targetTable, columns, wanted.constants(), chosen.key(columns, needsKey), rows);
  }

  /**
   * The same, with the types that somebody wants for columns that Tidemark makes.
   *
   * @param casts source column, in any letter case, to the target's type
   * @throws SyncException COLUMN_NOT_FOUND, naming every column that does not travel
   */
  public TableMapping casting(Map<String, ColumnType> casts) {
    if (casts.isEmpty()) {
      return this;
    }
    Map<String, ColumnType> wanted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    wanted.putAll(casts);
    List<String> unknown =
        wanted.keySet().stream()
            .filter(
                name ->
                    columns.stream()
                        .noneMatch(column -> column.source().name().equalsIgnoreCase(name)))
            .toList();
    if (!unknown.isEmpty()) {
      throw new SyncException(
          ErrorCode.COLUMN_NOT_FOUND,
          "No column %s of %s.%s is copied, to be cast."
              .formatted(String.join(", ", unknown), source.schema(), source.name()),
          Failures.remedy(ErrorCode.COLUMN_NOT_FOUND));
    }
    return new TableMapping(
        source,
        targetTable,
        columns.stream().map(column -> cast(column, wanted)).toList(),
        constants,
        sourceKey.stream().map(column -> cast(column, wanted)).toList(),
        rows,
        order);
  }

  private static MappedColumn cast(MappedColumn column, Map<String, ColumnType> casts) {
    ColumnType type = casts.get(column.source().name());
    return type == null ? column : new MappedColumn(column.source(), column.target(), type);
  }

  /** The same, read in the order of a source column, and of the key where that is the same. */
  public TableMapping orderedBy(Column first) {
    List<Column> all = new ArrayList<>(List.of(first));
    sourceKey.stream()
        .map(MappedColumn::source)
        .filter(column -> !column.name().equals(first.name()))
        .forEach(all::add);
    return new TableMapping(source, targetTable, columns, constants, sourceKey, rows, all);
  }

  /** The clause that makes the key the target's; empty where the source has none. */
  public String primaryKey(Dialect dialect) {
    return sourceKey.isEmpty()
        ? ""
        : targetKey().stream()
            .map(dialect::quote)
            .collect(Collectors.joining(", ", ", PRIMARY KEY (", ")"));
  }

  /**
   * What holds for the target's rows of the slice, by their bytes too: a collation may hold the
   * constants of another slice for these.
   */
  public List<String> sliceConditions(Dialect dialect, TableShape target) {
    List<String> conditions = new ArrayList<>(constantConditions(dialect, ""));
    constants.forEach(
        (name, value) -> {
          if (target.column(name).map(Column::folding).filter(how -> !how.isEmpty()).isPresent()) {
            conditions.add(dialect.sameBytes(dialect.quote(name), value));
          }
        });
    return conditions;
  }

  /**
   * What holds for rows that an index would find for the slice: one condition for each constant, as
   * a literal, since PostgreSQL compares a bound text with no column of another type.
   *
   * @param alias what stands in front of a column, such as {@code t.}
   */
  public List<String> constantConditions(Dialect dialect, String alias) {
    return constants.entrySet().stream()
        .map(
            constant ->
                (alias + dialect.quote(constant.getKey()))
                    + (" = " + dialect.literal(constant.getValue())))
        .toList();
  }

  /**
   * Tells mappings apart that copy other rows, or other values of them. Passes and watermarks keep
   * it in targets, from where later versions read it: its spelling stays as it is.
   */
  public String specification() {
    return String.join(
        "\n",
        columns.stream()
            .map(column -> column.source().name() + " > " + column.target())
            .collect(Collectors.joining(", ")),
        constants.entrySet().stream()
            .map(constant -> constant.getKey() + "=" + constant.getValue())
            .collect(Collectors.joining(", ", "{", "}")),
        sourceKey.stream().map(column -> column.source().name()).collect(Collectors.joining(", ")),
        rows.specification());
  }

  /** Whether rows are read in the order of the key alone. */
  public boolean isInOrderOfKey() {
    return order.equals(sourceKey.stream().map(MappedColumn::source).toList());
  }

  /**
   * The same, of these rows alone.
   *
   * @param keys at least one, as {@link Dialect#canonical} spells them
   */
  public TableMapping only(Dialect dialect, List<List<String>> keys) {
    return with(rows.and("(" + anyOf(dialect, keys) + ")"));
  }

  /**
   * The same without these rows, in place of others that were left out.
   *
   * @param keys at least one, as {@link Dialect#canonical} spells them
   */
  public TableMapping without(Dialect dialect, List<List<String>> keys) {
    return with(rows.leavingOut(anyOf(dialect, keys)));
  }

  /** The same with the rows that are left out. */
  public TableMapping whole() {
    return rows.leftOut() == null ? this : with(rows.whole());
  }

  private String anyOf(Dialect dialect, List<List<String>> keys) {
    return SpelledKeys.anyOf(dialect, sourceKey.stream().map(MappedColumn::pair).toList(), keys);
  }

  private TableMapping with(RowChoice other) {
    return new TableMapping(source, targetTable, columns, constants, sourceKey, other, order);
  }

  /** Whether a condition says which rows are read. */
  public boolean isFiltered() {
    return rows.filter() != null;
  }

  /** What is read, to stand behind FROM. */
  public String relation(Dialect dialect) {
    return rows.relation(dialect, source);
  }

  /** Names of all columns written: constants first. */
  public List<String> targetColumns() {
    return Stream.concat(constants.keySet().stream(), columns.stream().map(MappedColumn::target))
        .toList();
  }

  /** Names of the columns that identify a row in the target: constants first. */
  public List<String> targetKey() {
    return Stream.concat(constants.keySet().stream(), sourceKey.stream().map(MappedColumn::target))
        .toList();
  }

  /**
   * Target columns that tell whether two rows of one key differ. Key columns of text are among
   * them: where both sides have a collation that ignores letter case, a key may be rewritten in
   * another one.
   */
  public List<String> comparedColumns() {
    return columns.stream()
        .filter(
            column ->
                !sourceKey.contains(column)
                    || column.source().type().kind() == ColumnKind.TEXT
                    || !column.source().folding().isEmpty())
        .map(MappedColumn::target)
        .toList();
  }

  /** The same with the target's columns, without those that its table computes itself. */
  public TableMapping into(TableShape target) {
    List<MappedColumn> written =
        columns.stream()
            .map(column -> column.into(target))
            .filter(column -> column.written() == null || !column.written().generated())
            .toList();
    List<MappedColumn> key = sourceKey.stream().map(column -> column.into(target)).toList();
    return new TableMapping(source, targetTable, written, constants, key, rows, order);
  }

  /** The slice of the target that this source owns. */
  public String slice() {
    return SliceName.of(constants);
  }
}
