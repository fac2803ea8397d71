package dev.tidemark.connect.mysql;

import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.statement.DefaultClause;
import dev.tidemark.connect.table.Column;
import dev.tidemark.connect.table.MappedColumn;
import dev.tidemark.connect.table.TableDesign;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.connect.type.ColumnType;
import dev.tidemark.connect.type.MysqlTypes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tables of MySQL and MariaDB that Tidemark creates. */
final class MysqlTables {

  /** A row takes 65,535 bytes outside of its large objects. */
  private static final int ROW_CHARACTERS = 12_000;

  private static final int TABLE_COMMENT = 2048;
  private static final int COLUMN_COMMENT = 1024;

  private MysqlTables() {}

  static String create(
      MysqlDialect dialect,
      DatabaseType server,
      String schema,
      TableMapping mapping,
      TableDesign design) {
    Stream<String> constants =
        mapping.constants().entrySet().stream()
            .map(constant -> dialect.quote(constant.getKey()) + " " + constantType(constant));
    Stream<String> columns =
        mapping.columns().stream().map(column -> column(dialect, server, mapping, column, design));
    // Byte by byte and without padding, so that keys that differ in the source differ here.
    String collation = server == DatabaseType.MARIADB ? "utf8mb4_nopad_bin" : "utf8mb4_0900_bin";
    return "CREATE TABLE IF NOT EXISTS "
        + dialect.quote(schema, mapping.targetTable())
        + " ("
        + Stream.concat(constants, columns).collect(Collectors.joining(", "))
        + mapping.primaryKey(dialect)
        + ") ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE "
        + collation
        + comment(dialect, design.comment(), TABLE_COMMENT);
  }

  /** A comment that is too long is cut: it tells people something, and no program. */
  private static String comment(MysqlDialect dialect, String comment, int most) {
    String cut = comment.substring(0, Math.min(most, comment.length()));
    return cut.isEmpty() ? "" : " COMMENT " + dialect.literal(cut);
  }

  static String addColumn(
      MysqlDialect dialect,
      DatabaseType server,
      TableShape target,
      TableMapping mapping,
      MappedColumn column) {
    return "ALTER TABLE "
        + dialect.quote(target.schema(), target.name())
        + " ADD COLUMN "
        + dialect.quote(column.target())
        + " "
        + type(server, mapping, column).nativeName()
        + " NULL";
  }

  private static String column(
      MysqlDialect dialect,
      DatabaseType server,
      TableMapping mapping,
      MappedColumn column,
      TableDesign design) {
    Column source = column.source();
    ColumnType type = type(server, mapping, column);
    String value =
        Optional.ofNullable(design.defaults().get(source.name()))
            .filter(ignored -> column.cast() == null)
            .flatMap(meant -> DefaultClause.mysql(dialect, meant, source.type(), type))
            .map(" DEFAULT "::concat)
            .orElse("");
    boolean takesNull = source.nullable() && !mapping.sourceKey().contains(column);
    return dialect.quote(column.target())
        + " "
        + type.nativeName()
        + (takesNull ? " NULL" : " NOT NULL")
        + value
        + comment(dialect, design.comments().getOrDefault(source.name(), ""), COLUMN_COMMENT);
  }

  /**
   * The column as the server itself would write it, with the other type in front: whatever else is
   * said of it there stays.
   */
  static Optional<String> widen(
      Connection session, MysqlDialect dialect, TableShape target, Column column, ColumnType wider)
      throws SQLException {
    String table = dialect.quote(target.schema(), target.name());
    String before = dialect.quote(column.name()) + " " + column.type().nativeName();
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery("SHOW CREATE TABLE " + table)) {
      return row.next()
          ? row.getString(2)
              .lines()
              .map(String::strip)
              .filter(line -> line.startsWith(before + " ") || line.equals(before + ","))
              .findFirst()
              .map(
                  line ->
                      "ALTER TABLE "
                          + table
                          + " MODIFY COLUMN "
                          + dialect.quote(column.name())
                          + " "
                          + wider.nativeName()
                          + line.substring(before.length()).replaceFirst(",$", ""))
          : Optional.empty();
    }
  }

  static ColumnType type(DatabaseType server, TableMapping mapping, MappedColumn column) {
    ColumnType cast = column.cast();
    if (cast != null) {
      return cast;
    }
    ColumnType source = column.source().type();
    if (mapping.sourceKey().contains(column)) {
      return MysqlTypes.created(source, server, mapping.sourceKey().size());
    }
    int characters =
        mapping.columns().stream().mapToInt(each -> each.source().type().length()).sum();
    return MysqlTypes.created(source, server, characters <= ROW_CHARACTERS);
  }

  private static String constantType(Map.Entry<String, String> constant) {
    int length = Math.max(MysqlTypes.CONSTANT_CHARACTERS, constant.getValue().length());
    return "varchar(" + length + ") NOT NULL";
  }
}
