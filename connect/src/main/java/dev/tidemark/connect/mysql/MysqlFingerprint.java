package dev.tidemark.connect.mysql;

import dev.tidemark.connect.table.Column;
import dev.tidemark.connect.table.ColumnPair;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.type.ColumnKind;
import dev.tidemark.connect.type.ColumnType;
import java.util.List;
import java.util.stream.Collectors;

/** How MySQL and MariaDB compute fingerprints; see {@link Dialect#fingerprint}. */
final class MysqlFingerprint {

  private final String digits;

  MysqlFingerprint(List<ColumnPair> columns) {
    String row =
        columns.stream().map(MysqlFingerprint::field).collect(Collectors.joining(", ',', "));
    this.digits = "LEFT(SHA2(CONCAT(" + row + "), 256), " + Dialect.DIGITS + ")";
  }

  String digits() {
    return digits;
  }

  String number() {
    return "CAST(CONV(" + digits + ", 16, 10) AS UNSIGNED)";
  }

  /** NULL makes all of CONCAT NULL. */
  private static String field(ColumnPair pair) {
    Column column = pair.here();
    String name = MysqlSpelling.quoted(column.name());
    if (pair.bytes()) {
      String digits =
          ("IF(LENGTH(" + name + ") > " + Dialect.LONG_BYTES + ", SHA2(" + name)
              + (", 256), LOWER(HEX(" + name + ")))");
      return orElse(column, digits, "'N'");
    }
    if (!pair.framed()) {
      ColumnType there = pair.there().type();
      return orElse(column, MysqlSpelling.compared(name, column.type(), there), "''");
    }
    String text =
        isUtf8(column) && pair.there().type().kind() != ColumnKind.UUID
            // Columns of two collations cannot be concatenated unless one is asked for.
            ? name + " COLLATE utf8mb4_bin"
            : MysqlSpelling.canonical(name, column.type(), pair.there().type());
    // Where the columns together outgrow max_allowed_packet, CONCAT gives NULL.
    String value =
        pair.mayBeLong()
            ? ("IF(LENGTH(" + text + ") > " + Dialect.LONG_TEXT)
                + (", SHA2(" + text + ", 256), " + text + ")")
            : text;
    String length = "LENGTH(" + text + ")";
    return column.nullable()
        ? "IFNULL(CONCAT(" + length + ", ',', " + value + "), '')"
        : length + ", ',', " + value;
  }

  /** Whether its bytes are those of UTF-8 already; others are converted, which takes its time. */
  private static boolean isUtf8(Column column) {
    return column.type().kind() == ColumnKind.TEXT
        && (column.ordering().equals(Column.BY_BYTES) || column.ordering().startsWith("utf8mb4_"));
  }

  private static String orElse(Column column, String text, String absent) {
    return column.nullable() ? "IFNULL(" + text + ", " + absent + ")" : text;
  }
}
