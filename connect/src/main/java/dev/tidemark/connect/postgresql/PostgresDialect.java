package dev.tidemark.connect.postgresql;

import dev.tidemark.connect.statement.KeyRangeQuery;
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
import dev.tidemark.connect.type.PostgresTypes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** PostgreSQL 13 and later. */
public final class PostgresDialect implements Dialect {

  private static final int FETCHED_AT_ONCE = 2_000;

  @Override
  public String quote(String identifier) {
    return PostgresSpelling.quoted(identifier);
  }

  @Override
  public String literal(String text) {
    return PostgresSpelling.literal(text);
  }

  @Override
  public List<TableEntry> tables(Connection session, String schema) throws SQLException {
    return PostgresCatalog.tables(session, schema);
  }

  @Override
  public Optional<TableShape> describe(Connection session, String schema, String table)
      throws SQLException {
    return PostgresCatalog.describe(session, schema, table);
  }

  @Override
  public Optional<List<String>> keyAfter(
      Connection session, TableMapping mapping, KeyRange range, int rows) throws SQLException {
    return new KeyRangeQuery(this, mapping, PostgresKeys::compared)
        .keyAfter(session, key -> quote(key.name()) + "::text", range, rows);
  }

  @Override
  public List<List<String>> canonicalKeys(
      Connection session, TableMapping mapping, KeyRange range, TableShape target)
      throws SQLException {
    return new KeyRangeQuery(this, mapping, PostgresKeys::compared)
        .canonicalKeys(session, target, range);
  }

  @Override
  public Optional<List<String>> lastKey(Connection session, TableMapping mapping, KeyRange range)
      throws SQLException {
    return new KeyRangeQuery(this, mapping, PostgresKeys::compared)
        .lastKey(session, key -> quote(key.name()) + "::text", range);
  }

  @Override
  public OptionalLong lookUp(Connection session, TableMapping mapping, KeyRange range) {
    // Its planner goes by statistics of some day.
    return OptionalLong.empty();
  }

  @Override
  public long estimate(Connection session, TableMapping mapping, KeyRange range)
      throws SQLException {
    return new PostgresEstimates(this).rows(session, mapping, range);
  }

  @Override
  public RowStream read(Connection session, TableMapping mapping, KeyRange range, Dialect target)
      throws SQLException {
    String query =
        new KeyRangeQuery(this, mapping, PostgresKeys::compared)
            .select(column -> spell(column, target), range);
    String copy = "COPY (" + query + ") TO STDOUT (FORMAT text, ENCODING 'UTF8')";
    return new PostgresRows(session, copy, !target.understandsAllEscapes());
  }

  private String spell(Column column, Dialect target) {
    return PostgresSpelling.inLines(
        quote(column.name()),
        column.type(),
        target.byteSpelling() == ByteSpelling.HEX,
        !(target instanceof PostgresDialect));
  }

  @Override
  public ByteSpelling byteSpelling() {
    return ByteSpelling.PREFIXED_HEX;
  }

  @Override
  public boolean understandsAllEscapes() {
    return true;
  }

  @Override
  public List<String> createTable(String schema, TableMapping mapping, TableDesign source) {
    return PostgresTables.create(this, schema, mapping, source);
  }

  @Override
  public String addColumn(TableShape target, TableMapping mapping, MappedColumn column) {
    return PostgresTables.addColumn(this, target, mapping, column);
  }

  @Override
  public TableDesign design(Connection session, TableShape table) throws SQLException {
    return PostgresDesign.of(session, this, table);
  }

  @Override
  public Optional<TableIndex> fitted(TableShape target, TableIndex index) {
    return PostgresTables.fitted(target, index);
  }

  @Override
  public String addIndex(TableShape target, TableIndex index, boolean shared) {
    return PostgresTables.addIndex(this, target, index, shared);
  }

  @Override
  public void removeUnfinished(Connection session, TableShape target, TableIndex index)
      throws SQLException {
    PostgresTables.removeUnfinished(session, this, target, index);
  }

  @Override
  public Optional<String> widenColumn(
      Connection session, TableShape target, Column column, ColumnType wider) throws SQLException {
    return Optional.of(PostgresTables.widen(session, this, target, column, wider));
  }

  @Override
  public ColumnType created(TableMapping mapping, MappedColumn column) {
    ColumnType cast = column.cast();
    return cast == null ? PostgresTypes.created(column.source().type()) : cast;
  }

  @Override
  public ColumnType typeNamed(Connection session, String schema, String sql) throws SQLException {
    return PostgresCatalog.typeNamed(session, sql);
  }

  @Override
  public String createLike(TableShape table, String name) {
    return ("CREATE TABLE IF NOT EXISTS " + quote(table.schema(), name))
        + (" (LIKE " + quote(table.schema(), table.name()) + " INCLUDING ALL)");
  }

  @Override
  public List<String> keepers(Connection session, TableShape table) throws SQLException {
    PostgresTriggers triggers = PostgresTriggers.of(session, table);
    return Stream.concat(triggers.onWrite().stream(), triggers.onDelete().stream())
        .distinct()
        .toList();
  }

  @Override
  public boolean standsAlone(Connection session, TableShape table) throws SQLException {
    return PostgresDependents.standsAlone(session, table);
  }

  @Override
  public boolean swap(Connection session, TableShape table, String name, String old)
      throws SQLException {
    return new PostgresSwap(this, table, name, old).run(session);
  }

  @Override
  public Optional<String> cascade(Connection session, String schema, String table)
      throws SQLException {
    return PostgresDependents.cascade(session, schema, table);
  }

  /**
   * Whoever makes a foreign key locks both tables against those that write them. A statement that
   * is only planned locks as one that writes does, also a foreign table, which LOCK TABLE refuses.
   */
  @Override
  public void keepReferencesOut(Connection session, TableShape table, String where)
      throws SQLException {
    try (Statement statement = session.createStatement()) {
      statement.execute(
          "EXPLAIN DELETE FROM " + quote(table.schema(), table.name()) + " WHERE false");
    }
  }

  @Override
  public String sameBytes(String expression, String text) {
    return "(" + expression + ")::text COLLATE \"C\" = " + literal(text);
  }

  @Override
  public String instantType() {
    return "timestamptz(6)";
  }

  @Override
  public String overridingIdentity() {
    return " OVERRIDING SYSTEM VALUE";
  }

  @Override
  public Optional<String> refusal(Connection session, TableShape target) {
    return Optional.empty();
  }

  @Override
  public ChunkWriter writer(
      Connection session, String schema, TableMapping mapping, TableShape target)
      throws SQLException {
    return new PostgresChunkWriter(session, this, schema, mapping, target);
  }

  @Override
  public String canonical(Column column, Column other) {
    return PostgresSpelling.canonical(quote(column.name()), column.type(), other.type());
  }

  @Override
  public OpenTransactions openTransactions(Connection session, TableShape table)
      throws SQLException {
    return PostgresTransactions.open(session, table);
  }

  @Override
  public Optional<String> lackedToSeeTransactions(Connection session) throws SQLException {
    return PostgresTransactions.seesAll(session)
        ? Optional.empty()
        : Optional.of("pg_read_all_stats");
  }

  @Override
  public String latest(Column column, Duration before, ZoneOffset offset) {
    String now =
        column.type().kind() == ColumnKind.TIMESTAMPTZ
            ? "now()"
            : "((now() AT TIME ZONE 'UTC') + interval '" + offset.getTotalSeconds() + " seconds')";
    return ("(least(max(" + quote(column.name()) + "), " + now + ") - interval '")
        + (before.toMillis() + " milliseconds')::text");
  }

  @Override
  public String hashed(String name, @Nullable MaskKey key) {
    String value = "convert_to(" + name + "::text, 'UTF8')";
    String hashed =
        key == null
            ? value
            : "'\\x%s'::bytea || sha256('\\x%s'::bytea || %s)"
                .formatted(key.outer(), key.inner(), value);
    return "encode(sha256(" + hashed + "), 'hex')";
  }

  @Override
  public String fingerprint(List<ColumnPair> columns) {
    return new PostgresFingerprint(columns).digits();
  }

  @Override
  public boolean packs() {
    return true;
  }

  @Override
  public String number(List<ColumnPair> columns) {
    return new PostgresFingerprint(columns).number();
  }

  @Override
  public String sum(List<ColumnPair> columns, String rows) {
    return new PostgresFingerprint(columns).sum(rows);
  }

  @Override
  public String keyCondition(List<Column> keys, String operator, List<String> values) {
    return PostgresKeys.comparedAcross(keys, operator, values);
  }

  @Override
  public String isAmong(List<Column> keys, List<List<String>> values) {
    return PostgresKeys.listed(keys, values).orElseGet(() -> Dialect.super.isAmong(keys, values));
  }

  @Override
  public int streamingFetchSize() {
    return FETCHED_AT_ONCE;
  }
}
