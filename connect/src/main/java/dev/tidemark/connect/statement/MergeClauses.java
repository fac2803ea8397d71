package dev.tidemark.connect.statement;

import dev.tidemark.connect.table.Column;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the statements that merge a chunk are made of, in any dialect. The table's rows are {@code
 * t}, the staged ones {@code s}; names come quoted.
 */
public final class MergeClauses {

  /** The temporary table of a session that takes its chunks. */
  public static final String STAGE = "tidemark_stage";

  private final Dialect dialect;
  private final TableMapping mapping;
  private final TableShape target;
  private final String table;

  /** Columns of the table that are neither staged nor computed. */
  private final List<String> kept;

  /**
   * For merging into a table.
   *
   * @param schema where the table is
   * @param target the table as it is: it may have columns that the mapping does not write
   */
  public MergeClauses(Dialect dialect, String schema, TableMapping mapping, TableShape target) {
    this.dialect = dialect;
    this.mapping = mapping;
    this.target = target;
    this.table = dialect.quote(schema, target.name());
    List<Column> staged =
        mapping.targetColumns().stream().map(target::column).flatMap(Optional::stream).toList();
    this.kept =
        target.columns().stream()
            .filter(column -> !column.generated() && !staged.contains(column))
            .map(Column::name)
            .toList();
  }

  /** What the database says, of the table that people know. */
  public String inWords(String message) {
    return message.replace(STAGE, mapping.targetTable());
  }

  /** The table's name, with its schema. */
  public String table() {
    return table;
  }

  /** All columns written. */
  public String columns() {
    return list(mapping.targetColumns(), Function.identity());
  }

  /** All columns written, of the staged rows. */
  public String stagedColumns() {
    return list(mapping.targetColumns(), name -> "s." + name);
  }

  /** All columns that the table stores, also those that nobody but the target writes. */
  public String storedColumns() {
    return Stream.concat(mapping.targetColumns().stream(), kept.stream())
        .map(dialect::quote)
        .collect(Collectors.joining(", "));
  }

  /** The same: the staged values, and the table's own of what is not staged. */
  public String exchangedColumns() {
    return Stream.concat(
            mapping.targetColumns().stream().map(name -> "s." + dialect.quote(name)),
            kept.stream().map(name -> "t." + dialect.quote(name)))
        .collect(Collectors.joining(", "));
  }

  /** Whether a column is stored that is not staged. */
  public boolean keeps(String column) {
    return kept.contains(column);
  }

  /** The columns that identify a row. */
  public String key() {
    return list(mapping.targetKey(), Function.identity());
  }

  /** A column that no row of the table has NULL in. */
  public String anyOfKey() {
    // Rows without a key are only ever inserted.
    return mapping.targetKey().stream()
        .findFirst()
        .map(name -> "t." + dialect.quote(name))
        .orElse("NULL");
  }

  /** A condition that the table's row and the staged one have one key. */
  public String sameKey() {
    return mapping.targetKey().stream()
        .map(dialect::quote)
        .map(name -> "t." + name + " = s." + name)
        .collect(Collectors.joining(" AND "));
  }

  /** Whether rows of one key can differ at all. */
  public boolean comparesValues() {
    return !mapping.comparedColumns().isEmpty();
  }

  /**
   * The staged values, assigned.
   *
   * @param alias what the dialect wants in front of an assigned column
   */
  public String assignments(String alias) {
    return list(mapping.comparedColumns(), name -> alias + name + " = s." + name);
  }

  /** One condition for each column that tells whether two rows of one key differ. */
  public String compared(Function<String, String> condition, String separator) {
    return mapping.comparedColumns().stream().map(condition).collect(Collectors.joining(separator));
  }

  /** Whether the table has no row of the mapping's constants. */
  public boolean sliceIsEmpty(Connection session) throws SQLException {
    String where = String.join(" AND ", mapping.sliceConditions(dialect, target));
    try (Statement statement = session.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT 1 FROM "
                    + table
                    + " WHERE "
                    + (where.isEmpty() ? "TRUE" : where)
                    + " LIMIT 1")) {
      return !row.next();
    }
  }

  private String list(List<String> names, Function<String, String> form) {
    return names.stream().map(dialect::quote).map(form).collect(Collectors.joining(", "));
  }
}
