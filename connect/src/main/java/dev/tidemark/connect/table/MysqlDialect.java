package dev.tidemark.connect.table;

import dev.tidemark.connect.configuration.DatabaseType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** MySQL 8 and later, MariaDB 10.6 and later. */
final class MysqlDialect implements Dialect {

  private static final Set<String> TRANSACTIONAL =
      Set.of("InnoDB", "ROCKSDB", "TokuDB", "ndbcluster");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

  private final DatabaseType server;

  MysqlDialect(DatabaseType server) {
    this.server = server;
  }

  @Override
  public String quote(String identifier) {
    return MysqlSpelling.quoted(identifier);
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
    return MysqlCatalog.describe(session, server, schema, table);
  }

  @Override
  public Optional<List<String>> keyAfter(
      Connection session, TableMapping mapping, KeyRange range, int rows) throws SQLException {
    return new KeyRangeQuery(this, mapping, this::bound)
        .keyAfter(session, this::cursor, range, rows);
  }

  @Override
  public List<List<String>> canonicalKeys(
      Connection session, TableMapping mapping, KeyRange range, TableShape target)
      throws SQLException {
    return new KeyRangeQuery(this, mapping, this::bound).canonicalKeys(session, target, range);
  }

  @Override
  public Optional<List<String>> lastKey(Connection session, TableMapping mapping, KeyRange range)
      throws SQLException {
    return new KeyRangeQuery(this, mapping, this::bound).lastKey(session, this::cursor, range);
  }

  /** The server dives into the index at both ends of the range. */
  @Override
  public long estimate(Connection session, TableMapping mapping, KeyRange range)
      throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet plan = statement.executeQuery(explain(mapping, range))) {
      return plan.next() ? expected(plan) : 0;
    }
  }

  @Override
  public OptionalLong lookUp(Connection session, TableMapping mapping, KeyRange range)
      throws SQLException {
    if (mapping.isFiltered()) {
      // How many of the rows pass a filter is a guess of the server's.
      return OptionalLong.empty();
    }
    try (Statement statement = session.createStatement();
        ResultSet plan = statement.executeQuery(explain(mapping, range))) {
      OptionalLong rows = plan.next() ? OptionalLong.of(expected(plan)) : OptionalLong.empty();
      // A view of several tables has a line for each.
      return plan.next() ? OptionalLong.empty() : rows;
    }
  }

  private String explain(TableMapping mapping, KeyRange range) {
    String explain =
        server == DatabaseType.MARIADB ? "EXPLAIN EXTENDED " : "EXPLAIN FORMAT=TRADITIONAL ";
    return explain + new KeyRangeQuery(this, mapping, this::bound).unordered(range);
  }

  /** Where it would rather read the whole table, it says how much of that is in the range. */
  private static long expected(ResultSet plan) throws SQLException {
    return Math.round(plan.getDouble("rows") * plan.getDouble("filtered") / 100);
  }

  @Override
  public RowStream read(Connection session, TableMapping mapping, KeyRange range, Dialect target)
      throws SQLException {
    MysqlFields fields = MysqlFields.of(this, mapping, this::spell, target);
    String query =
        new KeyRangeQuery(this, mapping, this::bound).select(fields.expressions(), range);
    return new MysqlRows(session, query, fields.forms());
  }

  private String spell(Column column) {
    return MysqlSpelling.inLines(quote(column.name()), column.type());
  }

  /** What a column of a key is ordered by, as text. */
  private String cursor(Column column) {
    return column.type().isListed()
        ? "CAST(" + quote(column.name()) + " AS UNSIGNED)"
        : spell(column);
  }

  /**
   * A comparison of all key columns at once, written out column by column with the first one in
   * front: MySQL uses no index for {@code (a, b) > (1, 2)}. That a column equals is said where the
   * next one is compared: without it a range would begin with the first row of that value.
   *
   * @param values texts where they are to be equal, else what {@link #cursor} gives
   */
  String bound(List<Column> keys, String operator, List<String> values) {
    String condition = "";
    for (int i = keys.size() - 1; i >= 0; i--) {
      String name = quote(keys.get(i).name());
      boolean last = i == keys.size() - 1;
      if (operator.equals("=")) {
        String text = keyLiteral(keys.get(i), values.get(i));
        condition = name + " = " + text + (last ? "" : " AND " + condition);
        continue;
      }
      String value =
          keys.get(i).type().isListed()
              ? checked(values.get(i))
              : keyLiteral(keys.get(i), values.get(i));
      String strict = operator.substring(0, 1);
      condition =
          last
              ? name + " " + operator + " " + value
              : name + " " + strict + "= " + value + " AND (" + name + " " + strict + " " + value
                  + " OR (" + name + " = " + value + " AND " + condition + "))";
    }
    return "(" + condition + ")";
  }

  private String keyLiteral(Column key, String value) {
    return switch (key.type().kind()) {
      case BYTES -> "UNHEX(" + literal(value) + ")";
      case BOOLEAN, INT16, INT32, INT64, DECIMAL, FLOAT32, FLOAT64 -> checked(value);
      case TEXT, DATE, TIME, TIMESTAMP, TIMESTAMPTZ, UUID, JSON -> literal(value);
      case OTHER, UNSUPPORTED -> key.type().isBits() ? binary(value) : literal(value);
    };
  }

  /** A key that was guessed between two others may have other characters than digits. */
  private String binary(String value) {
    return "b" + literal(value.replaceAll("[^01].*", ""));
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
  public List<String> createTable(String schema, TableMapping mapping, TableDesign source) {
    return List.of(MysqlTables.create(this, server, schema, mapping, source));
  }

  @Override
  public String addColumn(TableShape target, TableMapping mapping, MappedColumn column) {
    return MysqlTables.addColumn(this, server, target, mapping, column);
  }

  @Override
  public TableDesign design(Connection session, TableShape table) throws SQLException {
    return MysqlDesign.of(session, server, table);
  }

  @Override
  public Optional<TableIndex> fitted(TableShape target, TableIndex index) {
    return MysqlIndexes.fitted(target, index);
  }

  @Override
  public void removeUnfinished(Connection session, TableShape target, TableIndex index) {
    // The server makes an index whole or not at all.
  }

  @Override
  public Optional<String> widenColumn(
      Connection session, TableShape target, Column column, ColumnType wider) throws SQLException {
    return MysqlTables.widen(session, this, target, column, wider);
  }

  @Override
  public String addIndex(TableShape target, TableIndex index, boolean shared) {
    return MysqlIndexes.add(this, target, index);
  }

  @Override
  public ColumnType created(TableMapping mapping, MappedColumn column) {
    return MysqlTables.type(server, mapping, column);
  }

  @Override
  public ColumnType typeNamed(Connection session, String schema, String sql) throws SQLException {
    return NamedType.ofMysql(session, server, quote(schema, NamedType.TABLE), sql);
  }

  @Override
  public String createLike(TableShape table, String name) {
    return ("CREATE TABLE IF NOT EXISTS " + quote(table.schema(), name))
        + (" LIKE " + quote(table.schema(), table.name()));
  }

  @Override
  public boolean standsAlone(Connection session, TableShape table) throws SQLException {
    return MysqlDependents.standsAlone(session, server, table);
  }

  @Override
  public void swap(Connection session, TableShape table, String name, String old)
      throws SQLException {
    String place = quote(table.schema(), table.name());
    String gone = quote(table.schema(), old);
    try (Statement statement = session.createStatement()) {
      statement.execute(
          ("RENAME TABLE " + place + " TO " + gone + ", ")
              + (quote(table.schema(), name) + " TO " + place));
      statement.execute("DROP TABLE " + gone);
    }
  }

  @Override
  public String sameBytes(String expression, String text) {
    return ("CAST(CONVERT(" + expression + " USING utf8mb4) AS BINARY)")
        + (" = CAST(" + literal(text) + " AS BINARY)");
  }

  @Override
  public String instantType() {
    return "datetime(6)";
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
  public List<String> lackedToExchange(Connection session, TableShape target) throws SQLException {
    return MysqlDependents.lackedToSee(session, server, target);
  }

  /** As {@link MysqlDependents#deletesGoUnnoticed}. */
  boolean deletesGoUnnoticed(Connection session, TableShape table) throws SQLException {
    return MysqlDependents.deletesGoUnnoticed(session, server, table);
  }

  @Override
  public ChunkWriter writer(
      Connection session, String schema, TableMapping mapping, TableShape target)
      throws SQLException {
    return new MysqlChunkWriter(session, this, schema, mapping, target);
  }

  @Override
  public String canonical(Column column, Column other) {
    return MysqlSpelling.canonical(quote(column.name()), column.type(), other.type());
  }

  @Override
  public Duration oldestTransaction(Connection session, TableShape table) throws SQLException {
    return MysqlTransactions.oldest(session);
  }

  @Override
  public String latest(Column column, Duration before, ZoneOffset offset) {
    String now =
        column.type().kind() == ColumnKind.TIMESTAMPTZ
            ? "UTC_TIMESTAMP(6)"
            : "(UTC_TIMESTAMP(6) + INTERVAL " + offset.getTotalSeconds() + " SECOND)";
    return ("CAST(LEAST(MAX(" + quote(column.name()) + "), " + now + ") - INTERVAL ")
        + (before.toSeconds() + 1)
        + " SECOND AS CHAR)";
  }

  @Override
  public String hashed(String name, @Nullable MaskKey key) {
    String value = "CONVERT(" + name + " USING utf8mb4)";
    String hashed =
        key == null
            ? value
            // Beside a text, bytes in a statement would be taken for one.
            : "CONCAT(x'%s', UNHEX(SHA2(CONCAT(x'%s', CAST(%s AS BINARY)), 256)))"
                .formatted(key.outer(), key.inner(), value);
    return "SHA2(" + hashed + ", 256)";
  }

  @Override
  public String fingerprint(List<ColumnPair> columns) {
    return new MysqlFingerprint(columns).digits();
  }

  @Override
  public boolean packs() {
    return false;
  }

  @Override
  public String number(List<ColumnPair> columns) {
    return new MysqlFingerprint(columns).number();
  }

  @Override
  public String sum(List<ColumnPair> columns, String rows) {
    return "SELECT count(*), coalesce(sum(" + number(columns) + "), 0)" + rows;
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
