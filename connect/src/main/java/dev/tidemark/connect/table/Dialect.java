package dev.tidemark.connect.table;

import dev.tidemark.connect.type.ColumnType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of database reads, takes and compares rows. An implementation has no state; sessions
 * are passed in and stay the caller's.
 */
public interface Dialect {

  /**
   * Texts of more bytes in UTF-8 enter a fingerprint as their own SHA-256. All that 255 characters
   * can be is less.
   */
  int LONG_TEXT = 1024;

  /** Hexadecimal digits of a fingerprint. */
  int DIGITS = 15;

  /** Most bytes of a character in UTF-8. */
  int CHARACTER_BYTES = 4;

  /** Strings of more bytes enter a fingerprint as their SHA-256, which has more digits. */
  int LONG_BYTES = 31;

  /** An identifier, quoted. */
  String quote(String identifier);

  /** A table's name, quoted. */
  default String quote(String schema, String table) {
    return quote(schema) + "." + quote(table);
  }

  /** All ordinary tables of a schema, Tidemark's own left out. */
  List<TableEntry> tables(Connection session, String schema) throws SQLException;

  /** What the catalog says of a table; empty when there is none of that name. */
  Optional<TableShape> describe(Connection session, String schema, String table)
      throws SQLException;

  /**
   * The key at the end of the next {@code rows} rows after {@code after}; empty when fewer are
   * left.
   */
  Optional<List<String>> keyAfter(
      Connection session, TableMapping mapping, KeyRange range, int rows) throws SQLException;

  /** The keys of all rows of a mapping, as {@link #canonical} spells them. */
  default List<List<String>> canonicalKeys(
      Connection session, TableMapping mapping, TableShape target) throws SQLException {
    String sql =
        mapping.sourceKey().stream()
            .map(column -> canonical(column.source(), target.column(column.target()).orElseThrow()))
            .collect(
                Collectors.joining(", ", "SELECT ", " FROM " + mapping.relation(this) + " AS t"));
    List<List<String>> keys = new ArrayList<>();
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        List<String> key = new ArrayList<>();
        for (int i = 1; i <= mapping.sourceKey().size(); i++) {
          key.add(row.getString(i));
        }
        keys.add(key);
      }
    }
    return keys;
  }

  /** The keys of the rows of a range, which are few, as {@link #canonical} spells them. */
  List<List<String>> canonicalKeys(
      Connection session, TableMapping mapping, KeyRange range, TableShape target)
      throws SQLException;

  /** The last key of a range; empty when it has no row. */
  Optional<List<String>> lastKey(Connection session, TableMapping mapping, KeyRange range)
      throws SQLException;

  /** How many rows the planner expects in a range; 0 when it does not say. Reads no rows. */
  long estimate(Connection session, TableMapping mapping, KeyRange range) throws SQLException;

  /**
   * About how many rows of a range a look into the index finds; empty where there is no such look,
   * or where it tells of something else than the rows that are read. Reads no rows.
   */
  OptionalLong lookUp(Connection session, TableMapping mapping, KeyRange range) throws SQLException;

  /**
   * Reads the rows of a range in the order of their keys, as lines for {@code target}. The session
   * is busy until the stream is closed.
   */
  RowStream read(Connection session, TableMapping mapping, KeyRange range, Dialect target)
      throws SQLException;

  /** How bytes must be spelled in lines that this database loads. */
  ByteSpelling byteSpelling();

  /** Whether lines that this database loads may escape form feed and vertical tab by letters. */
  boolean understandsAllEscapes();

  /** The statement that creates the target table of a mapping, unless it exists. */
  default String createTable(String schema, TableMapping mapping) {
    return createTable(schema, mapping, TableDesign.PLAIN).getFirst();
  }

  /**
   * The statements that create the target table of a mapping, unless it exists, with the comments
   * and defaults of the source as far as this database can have them; without its indexes.
   */
  List<String> createTable(String schema, TableMapping mapping, TableDesign source);

  /** The statement that adds a column to the target table of a mapping; it takes NULL. */
  String addColumn(TableShape target, TableMapping mapping, MappedColumn column);

  /** What a table has beside its columns and key. */
  TableDesign design(Connection session, TableShape table) throws SQLException;

  /**
   * An index as this database can have it on a table; empty when it cannot.
   *
   * @param index over columns of the table
   */
  Optional<TableIndex> fitted(TableShape target, TableIndex index);

  /**
   * The statement that makes an index.
   *
   * @param shared whether others write the table meanwhile, who must not wait for it
   */
  String addIndex(TableShape target, TableIndex index, boolean shared);

  /** Removes what is left of an index whose making was cut off; in auto-commit mode. */
  void removeUnfinished(Connection session, TableShape target, TableIndex index)
      throws SQLException;

  /**
   * The statement that gives a column a wider type and leaves all else of it as it is; empty when
   * that cannot be said.
   */
  Optional<String> widenColumn(
      Connection session, TableShape target, Column column, ColumnType wider) throws SQLException;

  /** The type that a column gets in the table that {@link #createTable} makes. */
  ColumnType created(TableMapping mapping, MappedColumn column);

  /**
   * What a type is that somebody wrote in the SQL of this server: its own word for it. Leaves
   * nothing behind.
   *
   * @param session in auto-commit mode
   * @throws SQLException when it is none
   */
  ColumnType typeNamed(Connection session, String schema, String sql) throws SQLException;

  /** The statement that creates a table like another, unless it exists. */
  String createLike(TableShape table, String name);

  /**
   * What may keep rows of a table from being inserted or deleted without a word, as in {@code
   * trigger audit}.
   */
  default List<String> keepers(Connection session, TableShape table) throws SQLException {
    return List.of();
  }

  /**
   * Whether nothing hangs on a table that another in its place would lack: foreign keys, triggers,
   * views, rights of others.
   */
  boolean standsAlone(Connection session, TableShape table) throws SQLException;

  /**
   * Puts a table in the place of another, which is dropped; nobody sees either missing. May commit.
   *
   * @param name of the table that takes the place
   * @param old a name for the other meanwhile
   * @return false where something hangs on the other by now, or it is not like this one any more;
   *     then both are as they were, and what was not committed is rolled back
   */
  boolean swap(Connection session, TableShape table, String name, String old) throws SQLException;

  /**
   * A foreign key of another table that changes or deletes rows there when rows of this one are
   * deleted, as in {@code note_order_fkey of order_note}; empty when there is none.
   *
   * @throws dev.tidemark.connect.failure.SyncException ACCESS_DENIED where the user does not see
   *     all of them
   */
  Optional<String> cascade(Connection session, String schema, String table) throws SQLException;

  /**
   * From here to the end of the transaction, nobody brings rows of another table to refer to these
   * by a foreign key that {@link #cascade} does not know of yet.
   *
   * @param where which rows of the table; blank for all
   */
  void keepReferencesOut(Connection session, TableShape table, String where) throws SQLException;

  /** A condition that a text has exactly these bytes, whatever its collation. */
  String sameBytes(String expression, String text);

  /** A type that holds an instant with microseconds. */
  String instantType();

  /**
   * What a DELETE needs to say to begin with the greatest keys: a row mostly has a greater one than
   * that to which it refers. Empty where references are looked at behind the whole statement.
   *
   * @param key columns of the table
   */
  default String greatestFirst(List<String> key) {
    return "";
  }

  /** What an INSERT needs to say to write columns that count by themselves. */
  String overridingIdentity();

  /** Why rows cannot be written safely into a table, whatever its columns; empty when they can. */
  Optional<String> refusal(Connection session, TableShape target) throws SQLException;

  /**
   * Rights that the user lacks, so that rows of a table which exchange unique values are refused,
   * whatever hangs on it. The table may be missing.
   */
  default List<String> lackedToExchange(Connection session, TableShape target) throws SQLException {
    return List.of();
  }

  /** A writer for a session that is not in auto-commit mode. */
  ChunkWriter writer(Connection session, String schema, TableMapping mapping, TableShape target)
      throws SQLException;

  /**
   * An expression whose text is the same on every database for equal values of a column.
   *
   * @param column the column here
   * @param other its counterpart on the other side, of another dialect perhaps
   */
  String canonical(Column column, Column other);

  /**
   * An expression of 15 hexadecimal digits: the first 60 bits of the SHA-256 of these columns of a
   * row, spelled so that no two rows have one spelling. Never NULL.
   *
   * <p>The spelling is that of the columns with commas between them: the canonical text, or the
   * SHA-256 of one that is long; nothing for NULL. In front of a text that may hold any character
   * stand its length, which is counted in bytes of UTF-8, and a comma.
   *
   * @param columns columns here with their counterparts, in the same order on both sides
   */
  String fingerprint(List<ColumnPair> columns);

  /**
   * Whether {@code string_agg} puts the texts of any number of rows together, in the order in which
   * a subquery has them.
   */
  boolean packs();

  /** A fingerprint as an integer of which any number can be summed. */
  String number(List<ColumnPair> columns);

  /**
   * The query for how many rows there are, and the sum of their fingerprints' numbers.
   *
   * @param rows the FROM clause and all behind it
   */
  String sum(List<ColumnPair> columns, String rows);

  /**
   * A condition that compares the key of a row with a given one. An index over the columns serves
   * it.
   *
   * @param operator {@code >}, {@code <=} or {@code =}
   * @param values as {@link #canonical} spells them, one for each column; from either side
   */
  String keyCondition(List<Column> keys, String operator, List<String> values);

  /**
   * A condition that the key of a row is one of these, as {@link #keyCondition} compares each.
   *
   * @param values at least one key
   */
  default String isAmong(List<Column> keys, List<List<String>> values) {
    return values.stream()
        .map(key -> keyCondition(keys, "=", key))
        .collect(Collectors.joining(" OR "));
  }

  /** The fetch size at which the driver streams a result, outside of auto-commit mode. */
  int streamingFetchSize();

  /**
   * The SHA-256 of a value's text form, or with a key its HMAC, as hexadecimal digits; NULL for
   * NULL.
   *
   * @param name the column, quoted
   */
  String hashed(String name, @Nullable MaskKey key);

  /**
   * The transactions that are open now and may write a table.
   *
   * @throws dev.tidemark.connect.failure.SyncException TRANSACTIONS_HIDDEN when the database does
   *     not let us see them
   */
  OpenTransactions openTransactions(Connection session, TableShape table) throws SQLException;

  /**
   * The right that the user lacks, so that {@link #openTransactions} may refuse another time what
   * it does not refuse now; empty where it has it.
   */
  default Optional<String> lackedToSeeTransactions(Connection session) throws SQLException {
    return Optional.empty();
  }

  /**
   * An aggregate: a time so long before the latest one of a column. Times that are yet to come
   * count as now.
   *
   * @param offset by how much the clock of a column without a zone is ahead of UTC
   */
  String latest(Column column, Duration before, ZoneOffset offset);

  /** A text literal. */
  String literal(String text);
}
