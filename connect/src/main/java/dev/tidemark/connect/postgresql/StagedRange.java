package dev.tidemark.connect.postgresql;

import dev.tidemark.connect.table.TableMapping;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where in a PostgreSQL table rows of the staged keys can be. A join by key alone has PostgreSQL
 * read the whole table for every chunk; with both ends as literals it knows how little to read.
 *
 * <p>The ends are those of the target's order, since the source's collation may be another.
 */
final class StagedRange {

  private final PostgresDialect dialect;
  private final String constants;
  private final List<String> key;
  private final String ends;

  StagedRange(PostgresDialect dialect, TableMapping mapping, String stage) {
    this.dialect = dialect;
    this.constants =
        mapping.constantConditions(dialect, "t.").stream()
            .map(condition -> condition + " AND ")
            .collect(Collectors.joining());
    this.key = mapping.sourceKey().stream().map(column -> dialect.quote(column.target())).toList();
    this.ends =
        Stream.of(end(stage, ">=", " ASC"), end(stage, "<=", " DESC"))
            .collect(Collectors.joining(" UNION ALL "));
  }

  private String end(String stage, String operator, String direction) {
    return "(SELECT '"
        + operator
        + "', "
        + key.stream().map(name -> "s." + name + "::text").collect(Collectors.joining(", "))
        + (" FROM " + stage + " s ORDER BY ")
        // By the column: a bare name would mean its text in the select list.
        + key.stream().map(name -> "s." + name + direction).collect(Collectors.joining(", "))
        + " LIMIT 1)";
  }

  /** A condition on the table's rows {@code t}; empty when nothing is staged. */
  Optional<String> condition(Statement statement) throws SQLException {
    String names = key.stream().map(name -> "t." + name).collect(Collectors.joining(", "));
    List<String> conditions = new ArrayList<>();
    try (ResultSet end = statement.executeQuery(ends)) {
      while (end.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
          values.add(dialect.literal(end.getString(i + 2)));
        }
        conditions.add(
            "(" + names + ") " + end.getString(1) + " (" + String.join(", ", values) + ")");
      }
    }
    return conditions.isEmpty()
        ? Optional.empty()
        : Optional.of(constants + String.join(" AND ", conditions));
  }
}
