package dev.tidemark.connect.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the rows of a stream into a table by {@code INSERT} of many rows of literals, where the
 * server takes no {@code LOAD DATA LOCAL}. Both read the same escapes, but for the quote, so that a
 * field becomes a literal as it stands; the server is strict, so that a value that does not fit is
 * an error, and a warning is taken for one.
 */
final class MysqlInserts {

  /** Larger statements are no faster. */
  private static final int STATEMENT_BYTES = 1 << 20;

  /** The packet has a few bytes of its own. */
  private static final int PACKET_ROOM = 1_024;

  private static final int BLOCK_BYTES = 1 << 16;
  private static final int TOO_LARGE = 1153;
  private static final int DUPLICATE = 1062;

  /** Of values that cannot be converted, and of checks, which have no SQLSTATE of their own. */
  private static final List<Integer> DATA_ERRORS = List.of(1366, 3819);

  private static final String FIELD = "@field";
  private static final Pattern ROW = Pattern.compile("at row (\\d+)$");

  private final Connection session;
  private final MergeClauses clauses;
  private final String columns;
  private final List<String> before = new ArrayList<>();
  private final List<String> after = new ArrayList<>();
  private final int packet;

  /** Rows of a mapping, in the order of their fields. */
  MysqlInserts(
      Connection session,
      MysqlDialect dialect,
      TableMapping mapping,
      TableShape target,
      MergeClauses clauses)
      throws SQLException {
    this.session = session;
    this.clauses = clauses;
    List<String> names = new ArrayList<>();
    for (String constant : mapping.constants().keySet()) {
      names.add(dialect.quote(constant));
      column(FIELD);
    }
    for (MappedColumn column : mapping.columns()) {
      names.add(dialect.quote(column.target()));
      column(
          target
              .column(column.target())
              .flatMap(there -> MysqlSpelling.stored(column.source().type(), there.type(), FIELD))
              .orElse(FIELD));
    }
    this.columns = String.join(", ", names);
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery("SELECT @@max_allowed_packet")) {
      row.next();
      this.packet = (int) Math.min(row.getLong(1), Integer.MAX_VALUE / 2) - PACKET_ROOM;
    }
  }

  private void column(String expression) {
    int field = expression.indexOf(FIELD);
    before.add(expression.substring(0, field));
    after.add(expression.substring(field + FIELD.length()));
  }

  /**
   * Inserts all rows; gives how many there were.
   *
   * @throws RowRejectedException when the database does not take a row as it is
   */
  long load(String into, RowStream rows) throws SQLException {
    return new Load(into).all(rows);
  }

  /** One stream of rows on its way into a table. */
  private final class Load {

    private final String head;
    private final ByteArrayOutputStream values = new ByteArrayOutputStream();
    private final ByteArrayOutputStream row = new ByteArrayOutputStream();
    private final ByteArrayOutputStream field = new ByteArrayOutputStream();

    /** Where each row of the statement ends. */
    private final List<Integer> ends = new ArrayList<>();

    private int column;
    private boolean escaped;
    private long inserted;

    Load(String into) {
      this.head = "INSERT INTO " + into + " (" + columns + ") VALUES ";
    }

    long all(RowStream rows) throws SQLException {
      byte[] block = new byte[BLOCK_BYTES];
      try {
        int length = rows.read(block, 0, BLOCK_BYTES);
        while (length > 0) {
          for (int i = 0; i < length; i++) {
            take(block[i]);
          }
          length = rows.read(block, 0, BLOCK_BYTES);
        }
      } catch (IOException e) {
        throw new SQLException("reading the source: " + e.getMessage(), "08006", e);
      }
      flush();
      return inserted;
    }

    private void take(byte octet) throws SQLException {
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
        case '\'' -> {
          field.write('\\');
          field.write('\'');
        }
        case 0 -> {
          field.write('\\');
          field.write('0');
        }
        default -> field.write(octet);
      }
    }

    private void endField() {
      row.write(column == 0 ? '(' : ',');
      row.writeBytes(ascii(before.get(column)));
      if (isNull()) {
        row.writeBytes(ascii("NULL"));
      } else {
        row.write('\'');
        row.writeBytes(field.toByteArray());
        row.write('\'');
      }
      row.writeBytes(ascii(after.get(column)));
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
      int size = head.length() + row.size();
      if (size > packet) {
        throw new RowRejectedException(
            "a row of %d bytes does not pass the server's max_allowed_packet of %d bytes"
                .formatted(size, packet + PACKET_ROOM),
            "22001",
            TOO_LARGE,
            inserted + ends.size() + 1,
            false);
      }
      if (size + values.size() > Math.min(packet, STATEMENT_BYTES)) {
        flush();
      }
      if (values.size() > 0) {
        values.write(',');
      }
      values.writeBytes(row.toByteArray());
      ends.add(values.size());
      row.reset();
    }

    private void flush() throws SQLException {
      if (ends.isEmpty()) {
        return;
      }
      execute(values.toByteArray(), ends.size());
      inserted += ends.size();
      values.reset();
      ends.clear();
    }

    private void execute(byte[] rows, int count) throws SQLException {
      try (Statement statement = session.createStatement()) {
        // Braces within values are no escapes of the driver's.
        statement.setEscapeProcessing(false);
        long taken = statement.executeLargeUpdate(head + text(rows));
        refuseWarnings(statement);
        if (taken != count) {
          throw new RowRejectedException(
              taken + " of " + count + " rows were taken", "22000", 0, 0, false);
        }
      } catch (RowRejectedException e) {
        throw e;
      } catch (SQLException e) {
        throw isAboutRow(e) ? rejected(e, rows) : e;
      }
    }

    private void refuseWarnings(Statement statement) throws SQLException {
      try (ResultSet warning = statement.executeQuery("SHOW WARNINGS LIMIT 1")) {
        if (warning.next()) {
          String message = warning.getString(3);
          throw new RowRejectedException(
              clauses.inWords(message), "22000", warning.getInt(2), numbered(message), false);
        }
      }
    }

    private RowRejectedException rejected(SQLException error, byte[] rows) throws SQLException {
      String message = String.valueOf(error.getMessage());
      long named = numbered(message);
      long number = named > 0 ? named : inserted + place(rows);
      boolean duplicate = error.getErrorCode() == DUPLICATE;
      return new RowRejectedException(
          clauses.inWords(message),
          duplicate ? "23000" : "22000",
          error.getErrorCode(),
          number,
          duplicate);
    }

    /** Which row it is, from 1: the statement has left nothing, so its rows go one by one. */
    private int place(byte[] rows) throws SQLException {
      int start = 0;
      for (int i = 0; i < ends.size(); i++) {
        byte[] one = Arrays.copyOfRange(rows, start, ends.get(i));
        try (Statement statement = session.createStatement()) {
          statement.setEscapeProcessing(false);
          long ignored = statement.executeLargeUpdate(head + text(one));
        } catch (SQLException e) {
          if (isAboutRow(e)) {
            return i + 1;
          }
          throw e;
        }
        start = ends.get(i) + 1;
      }
      throw new IllegalStateException("a statement fails of which each row is taken");
    }

    /** The row in the stream that a message names by its place in the statement; 0 for none. */
    private long numbered(String message) {
      Matcher row = ROW.matcher(message);
      return row.find() ? inserted + Long.parseLong(row.group(1)) : 0;
    }
  }

  private static boolean isAboutRow(SQLException error) {
    String state = String.valueOf(error.getSQLState());
    return state.startsWith("22")
        || state.startsWith("23")
        || DATA_ERRORS.contains(error.getErrorCode());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Nothing is replaced that is no UTF-8. */
  private static String text(byte[] bytes) throws SQLException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new SQLException("The source sent what is no UTF-8.", "22021", e);
    }
  }
}
