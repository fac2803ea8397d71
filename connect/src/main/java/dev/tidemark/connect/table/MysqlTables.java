package dev.tidemark.connect.table;

import dev.tidemark.connect.configuration.DatabaseType;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tables of MySQL and MariaDB that Tidemark creates. */
final class MysqlTables {

  private static final int CONSTANT_CHARACTERS = 64;

  /** A row takes 65,535 bytes outside of its large objects. */
  private static final int ROW_CHARACTERS = 12_000;

  private MysqlTables() {}

  static String create(
      MysqlDialect dialect, DatabaseType server, String schema, TableMapping mapping) {
    Stream<String> constants =
        mapping.constants().entrySet().stream()
            .map(constant -> dialect.quote(constant.getKey()) + " " + constantType(constant));
    Stream<String> columns =
        mapping.columns().stream().map(column -> column(dialect, server, mapping, column));
    // Byte by byte and without padding, so that keys that differ in the source differ here.
    String collation = server == DatabaseType.MARIADB ? "utf8mb4_nopad_bin" : "utf8mb4_0900_bin";
    return "CREATE TABLE IF NOT EXISTS "
        + dialect.quote(schema, mapping.targetTable())
        + " ("
        + Stream.concat(constants, columns).collect(Collectors.joining(", "))
        + ", PRIMARY KEY ("
        + mapping.targetKey().stream().map(dialect::quote).collect(Collectors.joining(", "))
        + ")) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE "
        + collation;
  }

  private static String column(
      MysqlDialect dialect, DatabaseType server, TableMapping mapping, MappedColumn column) {
    boolean takesNull = column.source().nullable() && !mapping.sourceKey().contains(column);
    return dialect.quote(column.target())
        + " "
        + type(server, mapping, column).nativeName()
        + (takesNull ? " NULL" : " NOT NULL");
  }

  static ColumnType type(DatabaseType server, TableMapping mapping, MappedColumn column) {
    ColumnType source = column.source().type();
    if (mapping.sourceKey().contains(column)) {
      return MysqlTypes.created(source, server, mapping.sourceKey().size());
    }
    int characters =
        mapping.columns().stream().mapToInt(each -> each.source().type().length()).sum();
    return MysqlTypes.created(source, server, characters <= ROW_CHARACTERS);
  }

  private static String constantType(Map.Entry<String, String> constant) {
    int length = Math.max(CONSTANT_CHARACTERS, constant.getValue().length());
    return "varchar(" + length + ") NOT NULL";
  }
}
