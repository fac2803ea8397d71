package dev.tidemark.connect.table;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** PostgreSQL 13 and later. */
final class PostgresDialect implements Dialect {

  /** Of the topmost node, which comes first. */
  private static final Pattern PLAN_ROWS = Pattern.compile("\"Plan Rows\": (\\d+)");

  @Override
  public String quote(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
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
  public Optional<List<String>> lastKey(Connection session, TableMapping mapping, KeyRange range)
      throws SQLException {
    return new KeyRangeQuery(this, mapping, this::bound)
        .lastKey(session, key -> quote(key.name()) + "::text", range);
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
  public String addIndex(TableShape target, TableIndex index) {
    return PostgresTables.addIndex(this, target, index);
  }

  @Override
  public ColumnType created(TableMapping mapping, MappedColumn column) {
    return PostgresTypes.created(column.source().type());
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
  public Duration oldestTransaction(Connection session) throws SQLException {
    return PostgresTransactions.oldest(session);
  }

  /** Of a time without a zone nobody knows whose now it means: the earlier one is safe. */
  @Override
  public String latest(Column column, Duration before) {
    String now =
        column.type().kind() == ColumnKind.TIMESTAMPTZ
            ? "now()"
            : "least(now() AT TIME ZONE 'UTC', now() AT TIME ZONE (SELECT reset_val FROM pg_settings"
                + " WHERE name = 'TimeZone'))";
    return ("(least(max(" + quote(column.name()) + "), " + now + ") - interval '")
        + (before.toMillis() + " milliseconds')::text");
  }

  @Override
  public String hashed(String name) {
    return "encode(sha256(convert_to(" + name + "::text, 'UTF8')), 'hex')";
  }

  @Override
  public String fingerprint(List<String> canonicals) {
    String row = canonicals.stream().map(PostgresDialect::field).collect(Collectors.joining(", "));
    // A function takes 100 arguments at most, and a table has up to 1,600 columns.
    return "('x' || left(encode(sha256(convert_to(array_to_string(ARRAY["
        + row
        + "], ''), 'UTF8')), 'hex'), 15))::bit(60)::bigint";
  }

  private static String field(String text) {
    // The database's own encoding may have other bytes.
    String bytes = "convert_to(" + text + ", 'UTF8')";
    String length = "octet_length(" + bytes + ")";
    return ("coalesce(" + length + " || ':' || CASE WHEN " + length + " > " + LONG_VALUE)
        + (" THEN encode(sha256(" + bytes + "), 'hex') ELSE " + text + " END, 'N')");
  }
}
