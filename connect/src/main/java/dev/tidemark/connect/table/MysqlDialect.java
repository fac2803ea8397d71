package dev.tidemark.connect.table;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** MySQL 8 and later, MariaDB 10.6 and later. */
final class MysqlDialect implements Dialect {

  private static final Set<String> TRANSACTIONAL =
      Set.of("InnoDB", "ROCKSDB", "TokuDB", "ndbcluster");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

  private final boolean mariaDb;

  MysqlDialect(boolean mariaDb) {
    this.mariaDb = mariaDb;
  }

  @Override
  public String quote(String identifier) {
    return '`' + identifier.replace("`", "``") + '`';
  }

  @Override
  public String literal(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  @Override
  public List<TableEntry> tables(Connection session, String schema) throws SQLException {
    return MysqlCatalog.tables(session, schema);
  }

  @Override
  public Optional<TableShape> describe(Connection session, String schema, String table)
      throws SQLException {
    return MysqlCatalog.describe(session, schema, table);
  }

  @Override
  public Optional<List<String>> keyAfter(
      Connection session, TableMapping mapping, KeyRange range, int rows) throws SQLException {
    return new KeyRangeQuery(this, mapping, this::bound)
        .keyAfter(session, this::spell, range, rows);
  }

  @Override
  public Optional<List<String>> lastKey(Connection session, TableMapping mapping, KeyRange range)
      throws SQLException {
    return new KeyRangeQuery(this, mapping, this::bound).lastKey(session, this::spell, range);
  }

  /** The server dives into the index at both ends of the range. */
  @Override
  public long estimate(Connection session, TableMapping mapping, KeyRange range)
      throws SQLException {
    String explain = mariaDb ? "EXPLAIN EXTENDED " : "EXPLAIN FORMAT=TRADITIONAL ";
    String query = new KeyRangeQuery(this, mapping, this::bound).unordered(range);
    try (Statement statement = session.createStatement();
        ResultSet plan = statement.executeQuery(explain + query)) {
      // Where it would rather read the whole table, it says how much of that is in the range.
      return plan.next()
          ? Math.round(plan.getDouble("rows") * plan.getDouble("filtered") / 100)
          : 0;
    }
  }

  @Override
  public RowStream read(Connection session, TableMapping mapping, KeyRange range, Dialect target)
      throws SQLException {
    int before = mapping.constants().size();
    BitSet prefixed = new BitSet();
    if (target.byteSpelling() == ByteSpelling.PREFIXED_HEX) {
      for (int i = 0; i < mapping.columns().size(); i++) {
        prefixed.set(before + i, isBytes(mapping.columns().get(i)));
      }
    }
    String query = new KeyRangeQuery(this, mapping, this::bound).select(this::spell, range);
    return new MysqlRows(session, query, prefixed);
  }

  private static boolean isBytes(MappedColumn column) {
    return column.source().type().kind() == ColumnKind.BYTES;
  }

  /** The column; a bit field is a string of bytes unless it is made a number. */
  private String number(Column column) {
    String name = quote(column.name());
    return column.type().nativeName().startsWith("bit(") ? "(" + name + " + 0)" : name;
  }

  private String spell(Column column) {
    String name = number(column);
    return switch (column.type().kind()) {
      case BYTES -> "HEX(" + name + ")";
      // A FLOAT prints six digits; as a double it prints all that it holds.
      case FLOAT32 -> "(" + name + " * 1e0)";
      case BOOLEAN, INT16, INT32, INT64, DECIMAL, FLOAT64, DATE, TIME, TIMESTAMP, TIMESTAMPTZ ->
          name;
      case TEXT, UUID, JSON, OTHER, UNSUPPORTED -> "CONVERT(" + name + " USING utf8mb4)";
    };
  }

  /**
   * A comparison of all key columns at once, written out column by column with the first one in
   * front: MySQL uses no index for {@code (a, b) > (1, 2)}.
   */
  String bound(List<Column> keys, String operator, List<String> values) {
    String condition = "";
    for (int i = keys.size() - 1; i >= 0; i--) {
      String name = quote(keys.get(i).name());
      String value = keyLiteral(keys.get(i), values.get(i));
      boolean last = i == keys.size() - 1;
      if (operator.equals("=")) {
        condition = name + " = " + value + (last ? "" : " AND " + condition);
        continue;
      }
      String strict = operator.substring(0, 1);
      condition =
          last
              ? name + " " + operator + " " + value
              : name + " " + strict + "= " + value + " AND (" + name + " " + strict + " " + value
                  + " OR (" + condition + "))";
    }
    return "(" + condition + ")";
  }

  private String keyLiteral(Column key, String value) {
    return switch (key.type().kind()) {
      case BYTES -> "UNHEX(" + literal(value) + ")";
      case BOOLEAN, INT16, INT32, INT64, DECIMAL, FLOAT32, FLOAT64 -> checked(value);
      case TEXT, DATE, TIME, TIMESTAMP, TIMESTAMPTZ, UUID, JSON, OTHER, UNSUPPORTED ->
          literal(value);
    };
  }

  /** The value comes from a table that others can write. */
  private static String checked(String value) {
    if (!NUMBER.matcher(value).matches()) {
      throw new IllegalArgumentException("The cursor holds no number where the key has one.");
    }
    return value;
  }

  @Override
  public ByteSpelling byteSpelling() {
    return ByteSpelling.HEX;
  }

  @Override
  public boolean understandsAllEscapes() {
    return false;
  }

  @Override
  public String createTable(String schema, TableMapping mapping) {
    return MysqlTables.create(this, mariaDb, schema, mapping);
  }

  @Override
  public String createLike(TableShape table, String name) {
    return ("CREATE TABLE IF NOT EXISTS " + quote(table.schema(), name))
        + (" LIKE " + quote(table.schema(), table.name()));
  }

  @Override
  public boolean standsAlone(Connection session, TableShape table) throws SQLException {
    return MysqlCatalog.standsAlone(session, table);
  }

  @Override
  public void swap(Connection session, TableShape table, String name, String old)
      throws SQLException {
    String place = quote(table.schema(), table.name());
    String gone = quote(table.schema(), old);
    try (Statement statement = session.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS " + gone);
      statement.execute(
          ("RENAME TABLE " + place + " TO " + gone + ", ")
              + (quote(table.schema(), name) + " TO " + place));
      statement.execute("DROP TABLE " + gone);
    }
  }

  @Override
  public String overridingIdentity() {
    return "";
  }

  @Override
  public Optional<String> refusal(Connection session, TableShape target) throws SQLException {
    return MysqlCatalog.engine(session, target)
        .filter(engine -> !TRANSACTIONAL.contains(engine))
        .map(engine -> "its engine " + engine + " has no transactions");
  }

  @Override
  public ChunkWriter writer(
      Connection session, String schema, TableMapping mapping, TableShape target)
      throws SQLException {
    return new MysqlChunkWriter(session, this, schema, mapping, target);
  }

  @Override
  public String canonical(Column column, Column other) {
    String value = spelled(column, other);
    return switch (column.type().kind()) {
      case BOOLEAN, INT16, INT32, INT64, DECIMAL, DATE, TIME, TIMESTAMP, TIMESTAMPTZ ->
          "CAST(" + value + " AS CHAR)";
      case FLOAT32, FLOAT64, BYTES, TEXT, UUID, JSON, OTHER, UNSUPPORTED -> value;
    };
  }

  /** What prints as {@link #canonical}, whatever its type: a cast takes longer than a print. */
  private String spelled(Column column, Column other) {
    String name = number(column);
    return switch (column.type().kind()) {
      case BOOLEAN, INT16, INT32, INT64, DATE -> name;
      case DECIMAL ->
          column.type().scale() == 0 || column.type().hasScaleOf(other.type())
              ? name
              : trimmed(name);
      case FLOAT32 -> floating("(" + name + " * 1e0)");
      case FLOAT64 -> floating(name);
      case BYTES -> "LOWER(HEX(" + name + "))";
      // As PostgreSQL prints it; DATE_FORMAT takes longer than all three functions.
      case TIME, TIMESTAMP, TIMESTAMPTZ -> column.type().precision() == 0 ? name : trimmed(name);
      case TEXT, UUID, JSON, OTHER, UNSUPPORTED -> "CONVERT(" + name + " USING utf8mb4)";
    };
  }

  private static String floating(String value) {
    return trimmed("CAST(CAST(" + value + " AS CHAR) AS DECIMAL(65,30))");
  }

  /**
   * Without zeros at the end of its fraction, which it has. In an encoding of single bytes, where
   * the end of a text can be looked at without the rest of it.
   */
  private static String trimmed(String value) {
    return ("TRIM(TRAILING _latin1'.' FROM TRIM(TRAILING _latin1'0' FROM CAST(" + value)
        + " AS CHAR CHARACTER SET latin1)))";
  }

  @Override
  public Duration oldestTransaction(Connection session) throws SQLException {
    return MysqlTransactions.oldest(session);
  }

  /** Of a time without a zone nobody knows whose now it means: the earlier one is safe. */
  @Override
  public String latest(Column column, Duration before) {
    String now =
        column.type().kind() == ColumnKind.TIMESTAMPTZ
            ? "UTC_TIMESTAMP(6)"
            : "LEAST(UTC_TIMESTAMP(6), CONVERT_TZ(UTC_TIMESTAMP(6), '+00:00', 'SYSTEM'))";
    return ("CAST(LEAST(MAX(" + quote(column.name()) + "), " + now + ") - INTERVAL ")
        + (before.toSeconds() + 1)
        + " SECOND AS CHAR)";
  }

  @Override
  public String hashed(String name) {
    return "SHA2(CONVERT(" + name + " USING utf8mb4), 256)";
  }

  @Override
  public String fingerprint(List<ColumnPair> columns) {
    String row = columns.stream().map(this::field).collect(Collectors.joining(", "));
    return "LEFT(SHA2(CONCAT(" + row + "), 256), 15)";
  }

  /** NULL makes all of CONCAT NULL. */
  private String field(ColumnPair pair) {
    Column column = pair.here();
    if (pair.bytes()) {
      String name = quote(column.name());
      String digits =
          ("IF(LENGTH(" + name + ") > " + LONG_BYTES + ", SHA2(" + name + ", 256), LOWER(HEX(")
              + (name + ")))");
      return orElse(column, digits, "'N'") + ", ','";
    }
    if (!pair.framed()) {
      return orElse(column, spelled(column, pair.there()), "''") + ", ','";
    }
    String text =
        isUtf8(column)
            // Columns of two collations cannot be concatenated unless one is asked for.
            ? quote(column.name()) + " COLLATE utf8mb4_bin"
            : canonical(column, pair.there());
    // Where the columns together outgrow max_allowed_packet, CONCAT gives NULL.
    String value =
        pair.mayBeLong()
            ? ("IF(CHAR_LENGTH(" + text + ") > " + LONG_TEXT)
                + (", SHA2(" + text + ", 256), " + text + ")")
            : text;
    String length = "CHAR_LENGTH(" + text + ")";
    return column.nullable()
        ? "IFNULL(CONCAT(" + length + ", ':', " + value + "), ':')"
        : length + ", ':', " + value;
  }

  /** Whether its bytes are those of UTF-8 already; others are converted, which takes its time. */
  private static boolean isUtf8(Column column) {
    return column.type().kind() == ColumnKind.TEXT
        && (column.ordering().equals(Column.BY_BYTES) || column.ordering().startsWith("utf8mb4_"));
  }

  private static String orElse(Column column, String text, String absent) {
    return column.nullable() ? "IFNULL(" + text + ", " + absent + ")" : text;
  }

  @Override
  public String number(String fingerprint) {
    return "CAST(CONV(" + fingerprint + ", 16, 10) AS UNSIGNED)";
  }

  @Override
  public String keyCondition(List<Column> keys, String operator, List<String> values) {
    return bound(keys, operator, values);
  }

  /** Connector/J streams row by row when asked for exactly this. */
  @Override
  public int streamingFetchSize() {
    return Integer.MIN_VALUE;
  }
}
