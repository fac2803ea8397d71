package dev.tidemark.connect.mysql;

import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.statement.KeyRangeQuery;
import dev.tidemark.connect.statement.NamedType;
import dev.tidemark.connect.table.ByteSpelling;
import dev.tidemark.connect.table.ChunkWriter;
import dev.tidemark.connect.table.Column;
import dev.tidemark.connect.table.ColumnPair;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.KeyRange;
import dev.tidemark.connect.table.MappedColumn;
import dev.tidemark.connect.table.MaskKey;
import dev.tidemark.connect.table.OpenTransactions;
import dev.tidemark.connect.table.RowStream;
import dev.tidemark.connect.table.TableDesign;
import dev.tidemark.connect.table.TableEntry;
import dev.tidemark.connect.table.TableIndex;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.connect.type.ColumnKind;
import dev.tidemark.connect.type.ColumnType;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** MySQL 8 and later, MariaDB 10.6 and later. */
public final class MysqlDialect implements Dialect {

  private static final Set<String> TRANSACTIONAL =
      Set.of("InnoDB", "ROCKSDB", "TokuDB", "ndbcluster");

  private final DatabaseType server;

  /**
   * The dialect of one of the two.
   *
   * @param server MYSQL or MARIADB
   */
  public MysqlDialect(DatabaseType server) {
    this.server = server;
  }

  @Override
  public String quote(String identifier) {
    return MysqlSpelling.quoted(identifier);
  }

  @Override
  public String literal(String text) {
    return MysqlSpelling.literal(text);
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
    return new KeyRangeQuery(this, mapping, MysqlKeys::compared)
        .keyAfter(session, MysqlKeys::cursor, range, rows);
  }

  @Override
  public List<List<String>> canonicalKeys(
      Connection session, TableMapping mapping, KeyRange range, TableShape target)
      throws SQLException {
    return new KeyRangeQuery(this, mapping, MysqlKeys::compared)
        .canonicalKeys(session, target, range);
  }

  @Override
  public Optional<List<String>> lastKey(Connection session, TableMapping mapping, KeyRange range)
      throws SQLException {
    return new KeyRangeQuery(this, mapping, MysqlKeys::compared)
        .lastKey(session, MysqlKeys::cursor, range);
  }

  @Override
  public long estimate(Connection session, TableMapping mapping, KeyRange range)
      throws SQLException {
    return new MysqlEstimates(this, server).rows(session, mapping, range);
  }

  @Override
  public OptionalLong lookUp(Connection session, TableMapping mapping, KeyRange range)
      throws SQLException {
    return new MysqlEstimates(this, server).lookUp(session, mapping, range);
  }

  @Override
  public RowStream read(Connection session, TableMapping mapping, KeyRange range, Dialect target)
      throws SQLException {
    MysqlFields fields = MysqlFields.of(this, mapping, MysqlSpelling::inLines, target);
    String query =
        new KeyRangeQuery(this, mapping, MysqlKeys::compared).select(fields.expressions(), range);
    return new MysqlRows(session, query, fields.forms());
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
    return MysqlCatalog.typeNamed(session, server, quote(schema, NamedType.TABLE), sql);
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
  public boolean swap(Connection session, TableShape table, String name, String old)
      throws SQLException {
    return new MysqlSwap(this, table, name, old).run(session);
  }

  @Override
  public Optional<String> cascade(Connection session, String schema, String table)
      throws SQLException {
    return MysqlReferences.cascade(session, server, schema, table);
  }

  /**
   * A table that a transaction has read of is not altered by others on MySQL, and nothing comes to
   * refer to it. MariaDB has no such lock: there, a row that refers to one of these waits for it.
   */
  @Override
  public void keepReferencesOut(Connection session, TableShape table, String where)
      throws SQLException {
    String rows =
        (" FROM " + quote(table.schema(), table.name()))
            + (where.isEmpty() ? "" : " WHERE " + where);
    String sql =
        server == DatabaseType.MARIADB
            ? "SELECT count(*)" + rows + " FOR UPDATE"
            : "SELECT 1" + rows + " LIMIT 1";
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
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
  public OpenTransactions openTransactions(Connection session, TableShape table)
      throws SQLException {
    return new OpenTransactions(MysqlTransactions.oldest(session), Optional.empty());
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
    return MysqlKeys.compared(keys, operator, values);
  }

  @Override
  public String isAmong(List<Column> keys, List<List<String>> values) {
    return MysqlKeys.listed(keys, values).orElseGet(() -> Dialect.super.isAmong(keys, values));
  }

  /** InnoDB looks at references row by row. */
  @Override
  public String greatestFirst(List<String> key) {
    return key.stream()
        .map(column -> quote(column) + " DESC")
        .collect(Collectors.joining(", ", " ORDER BY ", ""));
  }

  /** Connector/J streams row by row when asked for exactly this. */
  @Override
  public int streamingFetchSize() {
    return Integer.MIN_VALUE;
  }
}
