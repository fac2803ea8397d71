package dev.tidemark.connect.mysql;

import dev.tidemark.connect.statement.MergeClauses;
import dev.tidemark.connect.statement.RaisedErrors;
import dev.tidemark.connect.table.MappedColumn;
import dev.tidemark.connect.table.RowRejectedException;
import dev.tidemark.connect.table.RowStream;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
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
import java.util.Optional;

/**
 * Puts the rows of a stream into a table by {@code INSERT} of many rows of literals, where the
 * server takes no {@code LOAD DATA LOCAL}. It is strict, so that a value that does not fit is an
 * error, and a warning is taken for one.
 */
final class MysqlInserts {

  /** Larger statements are no faster. */
  private static final int STATEMENT_BYTES = 1 << 20;

  /** The packet has a few bytes of its own. */
  private static final int PACKET_ROOM = 1_024;

  private static final int BLOCK_BYTES = 1 << 16;
  private static final int TOO_LARGE = 1153;
  private static final int DUPLICATE = 1062;

  /**
   * Of values that are cut or no member of a list, that are missing, that cannot be converted, or
   * that a check refuses: without an SQLSTATE.
   */
  private static final List<Integer> DATA_ERRORS = List.of(1265, 1364, 1366, 3819);

  private final Connection session;
  private final MergeClauses clauses;
  private final MysqlNotes notes;
  private final String columns;
  private final List<String> stored;
  private final int packet;

  /** Rows of a mapping, in the order of their fields. */
  MysqlInserts(
      Connection session,
      MysqlDialect dialect,
      TableMapping mapping,
      TableShape target,
      MergeClauses clauses,
      MysqlNotes notes)
      throws SQLException {
    this.session = session;
    this.clauses = clauses;
    this.notes = notes;
    List<String> names = new ArrayList<>();
    this.stored = new ArrayList<>();
    for (String constant : mapping.constants().keySet()) {
      names.add(dialect.quote(constant));
      stored.add(
          target
              .column(constant)
              .flatMap(there -> MysqlSpelling.storedConstant(there, MysqlLiterals.FIELD))
              .orElse(MysqlLiterals.FIELD));
    }
    for (MappedColumn column : mapping.columns()) {
      names.add(dialect.quote(column.target()));
      stored.add(stored(column, target));
    }
    this.columns = String.join(", ", names);
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery("SELECT @@max_allowed_packet")) {
      row.next();
      this.packet = (int) Math.min(row.getLong(1), Integer.MAX_VALUE / 2) - PACKET_ROOM;
    }
  }

  private static String stored(MappedColumn column, TableShape target) {
    return target
        .column(column.target())
        .flatMap(there -> MysqlSpelling.stored(column.source().type(), there, MysqlLiterals.FIELD))
        .orElse(MysqlLiterals.FIELD);
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

    /** Where each row of the statement ends. */
    private final List<Integer> ends = new ArrayList<>();

    private long inserted;

    Load(String into) {
      this.head = "INSERT INTO " + into + " (" + columns + ") VALUES ";
    }

    long all(RowStream rows) throws SQLException {
      MysqlLiterals literals = new MysqlLiterals(stored, this::add);
      byte[] block = new byte[BLOCK_BYTES];
      try {
        int length = rows.read(block, 0, BLOCK_BYTES);
        while (length > 0) {
          for (int i = 0; i < length; i++) {
            literals.take(block[i]);
          }
          length = rows.read(block, 0, BLOCK_BYTES);
        }
      } catch (IOException e) {
        throw RowStream.unreadable(e);
      }
      flush();
      return inserted;
    }

    private void add(byte[] row) throws SQLException {
      int size = head.length() + row.length + 1;
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
      values.writeBytes(row);
      ends.add(values.size());
    }

    private void flush() throws SQLException {
      if (ends.isEmpty()) {
        return;
      }
      byte[] rows = values.toByteArray();
      try (Statement statement = session.createStatement()) {
        notes.prepare(statement);
        long taken = execute(statement, rows);
        refuseNotes(statement);
        if (taken != ends.size()) {
          throw new RowRejectedException(
              taken + " of " + ends.size() + " rows were taken", "22000", 0, 0, false);
        }
      } catch (RowRejectedException e) {
        throw e;
      } catch (SQLException e) {
        throw isAboutRow(e) ? rejected(e, rows) : e;
      }
      inserted += ends.size();
      values.reset();
      ends.clear();
    }

    private long execute(Statement statement, byte[] rows) throws SQLException {
      // Braces within values are no escapes of the driver's.
      statement.setEscapeProcessing(false);
      return statement.executeLargeUpdate(head + text(rows));
    }

    private void refuseNotes(Statement statement) throws SQLException {
      Optional<MysqlNotes.Note> note = notes.refused(statement);
      if (note.isPresent()) {
        String message = note.get().message();
        throw new RowRejectedException(
            clauses.inWords(message), "22000", note.get().code(), named(message), false);
      }
    }

    private RowRejectedException rejected(SQLException error, byte[] rows) throws SQLException {
      String message = String.valueOf(error.getMessage());
      long named = named(message);
      boolean duplicate = error.getErrorCode() == DUPLICATE;
      return new RowRejectedException(
          clauses.inWords(message),
          duplicate ? "23000" : RaisedErrors.isRaised(error) ? error.getSQLState() : "22000",
          error.getErrorCode(),
          named > 0 ? named : inserted + place(rows),
          duplicate);
    }

    /** The row of the stream that a message names by its place in the statement; 0 for none. */
    private long named(String message) {
      long row = MysqlNotes.named(message);
      return row > 0 ? inserted + row : 0;
    }

    /** Which row it is, from 1: the statement has left nothing, so its rows go one by one. */
    private int place(byte[] rows) throws SQLException {
      int start = 0;
      for (int i = 0; i < ends.size(); i++) {
        try (Statement statement = session.createStatement()) {
          long ignored = execute(statement, Arrays.copyOfRange(rows, start, ends.get(i)));
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
  }

  private static boolean isAboutRow(SQLException error) {
    String state = String.valueOf(error.getSQLState());
    return state.startsWith("22")
        || state.startsWith("23")
        || DATA_ERRORS.contains(error.getErrorCode())
        || RaisedErrors.isRaised(error);
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
