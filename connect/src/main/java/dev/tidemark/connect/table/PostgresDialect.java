package dev.tidemark.connect.table;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** PostgreSQL 13 and later. */
final class PostgresDialect implements Dialect {

  private static final int FETCHED_AT_ONCE = 2_000;

  /** Numbers that a bigint holds, whatever their digits are. */
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

  /** Of the topmost node, which comes first. */
  private static final Pattern PLAN_ROWS = Pattern.compile("\"Plan Rows\": (\\d+)");

  @Override
  public String quote(String identifier) {
    return PostgresSpelling.quoted(identifier);
  }

  @Override
  public String literal(String text) {
    return text.indexOf('\\') < 0
        ? "'" + text.replace("'", "''") + "'"
        : " E'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
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
    return new KeyRangeQuery(this, mapping, this::bound)
        .keyAfter(session, key -> quote(key.name()) + "::text", range, rows);
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
    return new KeyRangeQuery(this, mapping, this::bound)
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
    if (mapping.order().size() == 1) {
      return planned(session, mapping, range, this::bound);
    }
    // Of several columns that are compared as one, the planner looks at the first alone; and it
    // does not see that two alternatives are both ends of one range.
    long behindStart =
        planned(session, mapping, new KeyRange(range.after(), null), this::alternatives);
    long behindEnd =
        range.upTo() == null
            ? 0
            : planned(session, mapping, new KeyRange(range.upTo(), null), this::alternatives);
    return Math.max(0, behindStart - behindEnd);
  }

  private long planned(
      Connection session, TableMapping mapping, KeyRange range, KeyRangeQuery.Bound bound)
      throws SQLException {
    String query = new KeyRangeQuery(this, mapping, bound).unordered(range);
    try (Statement statement = session.createStatement();
        ResultSet plan = statement.executeQuery("EXPLAIN (FORMAT JSON) " + query)) {
      Matcher rows = PLAN_ROWS.matcher(plan.next() ? plan.getString(1) : "");
      return rows.find() ? Long.parseLong(rows.group(1)) : 0;
    }
  }

  /** What {@link #bound} means, column by column. */
  private String alternatives(List<Column> keys, String operator, List<String> values) {
    String condition = "";
    for (int i = keys.size() - 1; i >= 0; i--) {
      String name = quote(keys.get(i).name());
      String value = keyLiteral(keys.get(i), values.get(i));
      condition =
          condition.isEmpty()
              ? name + " " + operator + " " + value
              : ("(" + name + " " + operator.charAt(0) + " " + value)
                  + (" OR " + name + " = " + value + " AND " + condition + ")");
    }
    return condition;
  }

  private String keyLiteral(Column key, String value) {
    return literal(value) + "::" + key.type().nativeName();
  }

  @Override
  public RowStream read(Connection session, TableMapping mapping, KeyRange range, Dialect target)
      throws SQLException {
    String query =
        new KeyRangeQuery(this, mapping, this::bound)
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

  String bound(List<Column> keys, String operator, List<String> values) {
    List<String> names = new ArrayList<>();
    List<String> literals = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      names.add(quote(keys.get(i).name()));
      literals.add(keyLiteral(keys.get(i), values.get(i)));
    }
    return "("
        + String.join(", ", names)
        + ") "
        + operator
        + " ("
        + String.join(", ", literals)
        + ")";
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
    return NamedType.ofPostgres(session, sql);
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
    return PostgresCatalog.standsAlone(session, table);
  }

  @Override
  public void swap(Connection session, TableShape table, String name, String old)
      throws SQLException {
    String place = quote(table.schema(), table.name());
    try (Statement statement = session.createStatement()) {
      String comment = comment(statement, place);
      statement.execute("ALTER TABLE " + place + " RENAME TO " + quote(old));
      statement.execute(
          ("ALTER TABLE " + quote(table.schema(), name)) + (" RENAME TO " + quote(table.name())));
      statement.execute("DROP TABLE " + quote(table.schema(), old));
      if (comment != null) {
        statement.execute("COMMENT ON TABLE " + place + " IS " + literal(comment));
      }
    }
  }

  /** The one thing of a table that LIKE does not copy, though it copies those of its columns. */
  private @Nullable String comment(Statement statement, String place) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT pg_catalog.obj_description(" + literal(place) + "::regclass, 'pg_class')")) {
      return row.next() ? row.getString(1) : null;
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
  public Duration oldestTransaction(Connection session, TableShape table) throws SQLException {
    return PostgresTransactions.oldest(session, table);
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
    List<String> names = new ArrayList<>();
    List<String> literals = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      names.add(quote(keys.get(i).name()));
      literals.add(widestLiteral(keys.get(i), values.get(i)));
    }
    return ("(" + String.join(", ", names) + ") ")
        + (operator + " (" + String.join(", ", literals) + ")");
  }

  /** Of no length or precision: a value of the other side must not be cut or rounded to it. */
  private String widestLiteral(Column key, String value) {
    String literal = literal(value);
    return switch (key.type().kind()) {
      case BOOLEAN -> value.equals("0") ? "false" : "true";
      case INT16, INT32, INT64 ->
          literal + (WHOLE.matcher(value).matches() ? "::bigint" : "::numeric");
      case DECIMAL -> literal + "::numeric";
      case FLOAT32, FLOAT64 -> literal + "::float8";
      case BYTES -> "decode(" + literal + ", 'hex')";
      case DATE -> literal + "::date";
      case TIME -> literal + "::time";
      case TIMESTAMP -> literal + "::timestamp";
      case TIMESTAMPTZ -> literal + "::timestamptz";
      case UUID -> literal + "::uuid";
      case TEXT -> literal;
      case JSON, OTHER, UNSUPPORTED -> literal + "::" + key.type().nativeName();
    };
  }

  @Override
  public int streamingFetchSize() {
    return FETCHED_AT_ONCE;
  }
}
