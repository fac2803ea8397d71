package dev.tidemark.connect.target;

import dev.tidemark.connect.table.Column;
import dev.tidemark.connect.table.ColumnPair;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.MappedColumn;
import dev.tidemark.connect.table.SpelledKeys;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rows of a slice of the target, by their keys. */
public final class TargetRows {

  private final Dialect dialect;
  private final TableMapping mapping;
  private final TableShape target;

  /**
   * Rows of a table.
   *
   * @param mapping has a key
   */
  public TargetRows(Dialect dialect, TableMapping mapping, TableShape target) {
    this.dialect = dialect;
    this.mapping = mapping;
    this.target = target;
  }

  /**
   * Whether there is a row of a key.
   *
   * @param key as {@link Dialect#canonical} spells it
   */
  public boolean has(Connection session, List<String> key) throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT 1 FROM " + table() + " WHERE " + are(List.of(key)) + " LIMIT 1")) {
      return row.next();
    }
  }

  /** The table, quoted. */
  String table() {
    return dialect.quote(target.schema(), target.name());
  }

  /** A condition that a row of the slice has one of these keys. */
  String are(List<List<String>> keys) {
    String wanted = keys.stream().map(this::isKey).collect(Collectors.joining(" OR ", "(", ")"));
    return Stream.concat(mapping.sliceConditions(dialect, target).stream(), Stream.of(wanted))
        .collect(Collectors.joining(" AND "));
  }

  /** By its bytes too: the target's collation may hold the key of another row for this one. */
  private String isKey(List<String> values) {
    List<ColumnPair> key = new ArrayList<>();
    StringBuilder bytes = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      MappedColumn mapped = mapping.sourceKey().get(i);
      Column column = target.column(mapped.target()).orElseThrow();
      ColumnPair pair = new ColumnPair(column, mapped.source());
      key.add(pair);
      if (column.type().kind().hasLetters() && !pair.respelled()) {
        bytes
            .append(" AND ")
            .append(dialect.sameBytes(dialect.canonical(column, mapped.source()), values.get(i)));
      }
    }
    return "(" + SpelledKeys.is(dialect, key, values) + bytes + ")";
  }
}
