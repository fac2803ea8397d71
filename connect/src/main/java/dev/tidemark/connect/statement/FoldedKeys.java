package dev.tidemark.connect.statement;

import dev.tidemark.connect.failure.LongValues;
import dev.tidemark.connect.table.Column;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.MappedColumn;
import dev.tidemark.connect.table.RowRejectedException;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keys that the target holds for equal although their bytes differ, in a collation that ignores
 * letter case, say. The source may have a row of each; a merge would write one over the other.
 */
public final class FoldedKeys {

  private final Dialect dialect;
  private final List<String> key;
  private final List<String> folded;

  /**
   * Looks for columns of the key that the target folds and the source does not.
   *
   * @param target the table as it is, with the collations of its columns
   */
  public FoldedKeys(Dialect dialect, TableMapping mapping, TableShape target) {
    this.dialect = dialect;
    this.key = mapping.targetKey();
    Set<String> constants = mapping.constants().keySet();
    Stream<String> columns =
        mapping.sourceKey().stream()
            .filter(column -> folds(mapping, column, target))
            .map(MappedColumn::target);
    this.folded =
        Stream.concat(constants.stream().filter(name -> !folding(target, name).isEmpty()), columns)
            .toList();
  }

  private static String folding(TableShape target, String name) {
    return target.column(name).map(Column::folding).orElse("");
  }

  private static boolean folds(TableMapping mapping, MappedColumn column, TableShape target) {
    String folding = folding(target, column.target());
    // A source that holds them for equal too cannot have both: somebody rewrote the key.
    boolean alike = folding.equals(column.source().folding()) && isKeyOfSource(mapping);
    return column.source().type().kind().hasLetters() && !folding.isEmpty() && !alike;
  }

  private static boolean isKeyOfSource(TableMapping mapping) {
    return mapping
        .source()
        .hasKey(mapping.sourceKey().stream().map(column -> column.source().name()).toList());
  }

  /**
   * A condition that the table's row {@code t} and the staged one {@code s} of one key have keys of
   * different bytes; empty when the target tells all keys apart.
   *
   * @param differs the condition for one column
   */
  public Optional<String> condition(UnaryOperator<String> differs) {
    return folded.isEmpty()
        ? Optional.empty()
        : Optional.of(folded.stream().map(differs).collect(Collectors.joining(" OR ", "(", ")")));
  }

  /**
   * Refuses the first pair of such rows.
   *
   * @param pairs the tables {@code t} and {@code s}, joined, and the condition
   */
  public void refuse(Statement statement, String pairs) throws SQLException {
    try (ResultSet pair =
        statement.executeQuery(
            "SELECT " + columns("s") + ", " + columns("t") + " FROM " + pairs + " LIMIT 1")) {
      if (pair.next()) {
        throw new RowRejectedException(
            "the collation of the target holds its key "
                + spelled(pair, 1)
                + " for that of the row "
                + spelled(pair, 1 + key.size())
                + ". Give the key's columns there a binary collation, or change that row's key if"
                + " it is the same row",
            "23505",
            0,
            0,
            true);
      }
    }
  }

  private String columns(String alias) {
    return key.stream()
        .map(name -> alias + "." + dialect.quote(name))
        .collect(Collectors.joining(", "));
  }

  private String spelled(ResultSet pair, int first) throws SQLException {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < key.size(); i++) {
      parts.add(key.get(i) + "=" + LongValues.cut(pair.getString(first + i)));
    }
    return String.join(", ", parts);
  }
}
