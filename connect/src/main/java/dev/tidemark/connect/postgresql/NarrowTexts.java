package dev.tidemark.connect.postgresql;

import dev.tidemark.connect.table.Column;
import dev.tidemark.connect.table.MappedColumn;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.connect.type.ColumnKind;
import dev.tidemark.connect.type.ColumnType;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Columns of a PostgreSQL table that are shorter than their source's. PostgreSQL cuts blanks beyond
 * the length of a {@code varchar(n)}, and all that is beyond the 63 bytes of a {@code name},
 * without a word. So the stage has such columns as text, and refuses what is longer.
 */
final class NarrowTexts {

  private static final String CHECK = "tidemark_length_";
  private static final int BYTES_OF_A_NAME = 63;

  /** A column, and what the check of its length says. */
  private record Narrow(String column, String type, String condition) {}

  private final PostgresDialect dialect;
  private final TableMapping mapping;
  private final Map<String, Narrow> narrow = new TreeMap<>();

  NarrowTexts(PostgresDialect dialect, TableMapping mapping, TableShape target) {
    this.dialect = dialect;
    this.mapping = mapping;
    for (MappedColumn column : mapping.columns()) {
      Optional<Column> there = target.column(column.target());
      if (there.isPresent()) {
        add(column.source().type(), column.target(), there.get().type());
      }
    }
  }

  private void add(ColumnType source, String name, ColumnType target) {
    if (target.kind() != ColumnKind.TEXT || target.dropsBlanks() || !mayEndInBlanks(source)) {
      return;
    }
    String quoted = dialect.quote(name);
    int room = target.length();
    if (room > 0 && (source.length() == 0 || source.length() > room)) {
      narrow.put(name, new Narrow(name, target.nativeName(), "length(" + quoted + ") <= " + room));
    } else if (target.nativeName().equals("name") && !source.nativeName().equals("name")) {
      String bytes = "octet_length(" + quoted + ") <= " + BYTES_OF_A_NAME;
      narrow.put(name, new Narrow(name, "name", bytes));
    }
  }

  /** Blanks that fill a char up mean nothing, and members of a list have none at their ends. */
  private static boolean mayEndInBlanks(ColumnType source) {
    return switch (source.kind()) {
      case TEXT -> !source.dropsBlanks() && !source.isListed();
      case JSON, OTHER -> true;
      case BOOLEAN,
          INT16,
          INT32,
          INT64,
          DECIMAL,
          FLOAT32,
          FLOAT64,
          BYTES,
          DATE,
          TIME,
          TIMESTAMP,
          TIMESTAMPTZ,
          UUID,
          UNSUPPORTED ->
          false;
    };
  }

  boolean isEmpty() {
    return narrow.isEmpty();
  }

  /** The written columns of the table, as the stage has them. */
  String staged() {
    return mapping.targetColumns().stream()
        .map(
            name -> {
              String quoted = dialect.quote(name);
              return narrow.containsKey(name) ? quoted + "::text AS " + quoted : quoted;
            })
        .collect(Collectors.joining(", "));
  }

  /** Has the stage refuse what the table would cut. */
  void guard(Statement statement, String stage) throws SQLException {
    List<String> checks = new ArrayList<>();
    for (Narrow column : narrow.values()) {
      checks.add(
          " ADD CONSTRAINT " + CHECK + checks.size() + " CHECK (" + column.condition() + ")");
    }
    if (!checks.isEmpty()) {
      statement.execute("ALTER TABLE " + stage + String.join(",", checks));
    }
  }

  /** What the refusal of the stage means, in the words of the table; empty for another error. */
  Optional<String> explained(SQLException error) {
    String check = check(error);
    if (check == null || !check.startsWith(CHECK)) {
      return Optional.empty();
    }
    Narrow column =
        List.copyOf(narrow.values()).get(Integer.parseInt(check.substring(CHECK.length())));
    return Optional.of(
        "value too long for type " + column.type() + " of column \"" + column.column() + "\"");
  }

  private static @Nullable String check(SQLException error) {
    ServerErrorMessage message =
        error instanceof PSQLException server ? server.getServerErrorMessage() : null;
    return message == null ? null : message.getConstraint();
  }
}
