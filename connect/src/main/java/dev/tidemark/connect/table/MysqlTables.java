package dev.tidemark.connect.table;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which types of MySQL and MariaDB hold what a source has, without loss. */
final class MysqlTables {

  /** An InnoDB key takes 3,072 bytes, a character up to 4 of them. */
  private static final int KEY_CHARACTERS = 512;

  private static final int CONSTANT_CHARACTERS = 64;

  /** A row takes 65,535 bytes outside of its large objects. */
  private static final int ROW_CHARACTERS = 12_000;

  private MysqlTables() {}

  static String create(MysqlDialect dialect, boolean mariaDb, String schema, TableMapping mapping) {
    Stream<String> constants =
        mapping.constants().entrySet().stream()
            .map(constant -> dialect.quote(constant.getKey()) + " " + constantType(constant));
    int characters =
        mapping.columns().stream().mapToInt(column -> column.source().type().length()).sum();
    Stream<String> columns =
        mapping.columns().stream()
            .map(
                column -> {
                  boolean key = mapping.sourceKey().contains(column);
                  String type =
                      key
                          ? keyType(column.source().type(), mapping.sourceKey().size())
                          : type(column.source().type(), characters <= ROW_CHARACTERS, mariaDb);
                  return dialect.quote(column.target())
                      + " "
                      + type
                      + (column.source().nullable() && !key ? " NULL" : " NOT NULL");
                });
    // Byte by byte and without padding, so that keys that differ in the source differ here.
    String collation = mariaDb ? "utf8mb4_nopad_bin" : "utf8mb4_0900_bin";
    return "CREATE TABLE IF NOT EXISTS "
        + dialect.quote(schema, mapping.targetTable())
        + " ("
        + Stream.concat(constants, columns).collect(Collectors.joining(", "))
        + mapping.primaryKey(dialect)
        + ") ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE "
        + collation;
  }

  private static String constantType(Map.Entry<String, String> constant) {
    int length = Math.max(CONSTANT_CHARACTERS, constant.getValue().length());
    return "varchar(" + length + ") NOT NULL";
  }

  private static String keyType(ColumnType type, int columns) {
    int most = KEY_CHARACTERS / columns;
    return switch (type.kind()) {
      case TEXT -> "varchar(" + (type.length() == 0 ? most : Math.min(type.length(), most)) + ")";
      case BYTES ->
          "varbinary(" + (type.length() == 0 ? most : Math.min(type.length(), most)) + ")";
      case JSON, OTHER, UNSUPPORTED -> "varchar(" + most + ")";
      case BOOLEAN,
          INT16,
          INT32,
          INT64,
          DECIMAL,
          FLOAT32,
          FLOAT64,
          DATE,
          TIME,
          TIMESTAMP,
          TIMESTAMPTZ,
          UUID ->
          type(type, true, true);
    };
  }

  private static String type(ColumnType type, boolean narrow, boolean mariaDb) {
    return switch (type.kind()) {
      case BOOLEAN -> "tinyint(1)";
      case INT16 -> "smallint";
      case INT32 -> "int";
      case INT64 -> "bigint";
      case DECIMAL ->
          type.precision() == 0
              ? "decimal(65,30)"
              : "decimal("
                  + Math.min(65, type.precision())
                  + ","
                  + Math.min(30, type.scale())
                  + ")";
      // A double holds every float, and prints it with all of its digits.
      case FLOAT32, FLOAT64 -> "double";
      case TEXT -> text(type.length(), narrow);
      case BYTES ->
          type.length() > 0 && type.length() <= 1000
              ? "varbinary(" + type.length() + ")"
              : "longblob";
      case DATE -> "date";
      case TIME -> "time(6)";
      case TIMESTAMP, TIMESTAMPTZ -> "datetime(6)";
      case UUID -> "char(36) CHARACTER SET ascii COLLATE ascii_bin";
      // MySQL's own json keeps numbers as doubles; MariaDB's keeps the text.
      case JSON -> mariaDb ? "json" : "longtext";
      case OTHER, UNSUPPORTED -> "longtext";
    };
  }

  private static String text(int length, boolean narrow) {
    if (length == 0 || length > 16_383) {
      return "longtext";
    }
    return length <= 1000 && narrow ? "varchar(" + length + ")" : "text";
  }
}
