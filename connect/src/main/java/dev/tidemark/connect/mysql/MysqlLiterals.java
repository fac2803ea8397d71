package dev.tidemark.connect.mysql;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Turns lines into rows of literals. Lines and literals of MySQL and MariaDB know the same escapes,
 * but for the quote, so that a field becomes a literal as it stands.
 */
final class MysqlLiterals {

  /** Stands for a field in an expression of what is stored. */
  static final String FIELD = "@field";

  /** Takes a row such as {@code ('1',NULL,UNHEX('2A'))}. */
  @FunctionalInterface
  interface Rows {
    void take(byte[] row) throws SQLException;
  }

  /** What stands between the places of each field, in front of the first and behind the last. */
  private final List<List<byte[]>> around = new ArrayList<>();

  private final Rows rows;
  private final ByteArrayOutputStream row = new ByteArrayOutputStream();
  private final ByteArrayOutputStream field = new ByteArrayOutputStream();
  private int column;
  private boolean escaped;

  /**
   * Lines of fields.
   *
   * @param stored what becomes of each field, an expression of {@link #FIELD}
   * @param rows told of each line when it ends
   */
  MysqlLiterals(List<String> stored, Rows rows) {
    for (String expression : stored) {
      around.add(
          Arrays.stream(expression.split(Pattern.quote(FIELD), -1))
              .map(MysqlLiterals::ascii)
              .toList());
    }
    this.rows = rows;
  }

  /** The next byte of a line. */
  void take(byte octet) throws SQLException {
    if (escaped) {
      field.write(octet);
      escaped = false;
      return;
    }
    switch (octet) {
      case '\t' -> endField();
      case '\n' -> endRow();
      case '\\' -> {
        escaped = true;
        field.write(octet);
      }
      case '\'' -> escape('\'');
      case 0 -> escape('0');
      default -> field.write(octet);
    }
  }

  private void escape(char letter) {
    field.write('\\');
    field.write(letter);
  }

  private void endField() {
    row.write(column == 0 ? '(' : ',');
    List<byte[]> parts = around.get(column);
    row.writeBytes(parts.getFirst());
    for (byte[] part : parts.subList(1, parts.size())) {
      writeField();
      row.writeBytes(part);
    }
    field.reset();
    column++;
  }

  private void writeField() {
    if (isNull()) {
      row.writeBytes(ascii("NULL"));
    } else {
      row.write('\'');
      row.writeBytes(field.toByteArray());
      row.write('\'');
    }
  }

  private boolean isNull() {
    return field.size() == 2 && field.toString(StandardCharsets.ISO_8859_1).equals("\\N");
  }

  private void endRow() throws SQLException {
    endField();
    row.write(')');
    column = 0;
    byte[] ended = row.toByteArray();
    row.reset();
    rows.take(ended);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
