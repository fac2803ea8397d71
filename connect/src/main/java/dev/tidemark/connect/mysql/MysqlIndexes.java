package dev.tidemark.connect.mysql;

import dev.tidemark.connect.table.Column;
import dev.tidemark.connect.table.TableIndex;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.connect.type.ColumnKind;
import dev.tidemark.connect.type.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Indexes as MySQL and MariaDB take them. */
final class MysqlIndexes {

  /** InnoDB's longest key, in bytes. */
  private static final int KEY_BYTES = 3072;

  private static final int NAME_CHARACTERS = 64;

  private MysqlIndexes() {}

  /** The index with prefixes where a column is too long; unique only where it still can be. */
  static Optional<TableIndex> fitted(TableShape target, TableIndex index) {
    List<TableIndex.Part> parts = new ArrayList<>();
    boolean whole = true;
    int room = KEY_BYTES / index.parts().size();
    for (TableIndex.Part part : index.parts()) {
      Optional<Column> column = target.column(part.column());
      if (column.isEmpty() || column.get().type().kind() == ColumnKind.JSON) {
        return Optional.empty();
      }
      int prefix = prefix(column.get().type(), part.prefix(), room);
      whole &= prefix == part.prefix();
      parts.add(new TableIndex.Part(part.column(), prefix, part.descending()));
    }
    return Optional.of(new TableIndex(index.name(), index.unique() && whole, parts));
  }

  private static int prefix(ColumnType type, int wanted, int room) {
    boolean text = type.kind() == ColumnKind.TEXT && !type.isListed();
    if (!text && type.kind() != ColumnKind.BYTES) {
      return 0;
    }
    int most = text ? room / 4 : room;
    if (wanted > 0) {
      return Math.min(wanted, most);
    }
    return type.length() == 0 || type.length() > most ? most : 0;
  }

  static String add(MysqlDialect dialect, TableShape target, TableIndex index) {
    String name = index.name().substring(0, Math.min(NAME_CHARACTERS, index.name().length()));
    return "ALTER TABLE "
        + dialect.quote(target.schema(), target.name())
        + (index.unique() ? " ADD UNIQUE INDEX " : " ADD INDEX ")
        + dialect.quote(name)
        + index.parts().stream()
            .map(
                part ->
                    dialect.quote(part.column())
                        + (part.prefix() > 0 ? "(" + part.prefix() + ")" : "")
                        + (part.descending() ? " DESC" : ""))
            .collect(Collectors.joining(", ", " (", ")"));
  }
}
