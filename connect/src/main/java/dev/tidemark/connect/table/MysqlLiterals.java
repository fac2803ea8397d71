package dev.tidemark.connect.table;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

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

  private final List<byte[]> before = new ArrayList<>();
  private final List<byte[]> after = new ArrayList<>();
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
      int place = expression.indexOf(FIELD);
      before.add(ascii(expression.substring(0, place)));
      after.add(ascii(expression.substring(place + FIELD.length())));
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
    row.writeBytes(before.get(column));
    if (isNull()) {
      row.writeBytes(ascii("NULL"));
    } else {
      row.write('\'');
      row.writeBytes(field.toByteArray());
      row.write('\'');
    }
    row.writeBytes(after.get(column));
    field.reset();
    column++;
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
