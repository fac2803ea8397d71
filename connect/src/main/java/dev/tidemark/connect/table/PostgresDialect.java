package dev.tidemark.connect.table;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** PostgreSQL 13 and later. */
final class PostgresDialect implements Dialect {

  /** Types without a kind of their own that every PostgreSQL has, so that a copy can keep them. */
  private static final Set<String> BUILT_IN =
      Set.of(
          "interval",
          "inet",
          "cidr",
          "macaddr",
          "macaddr8",
          "money",
          "xml",
          "tsvector",
          "tsquery",
          "point",
          "line",
          "lseg",
          "box",
          "path",
          "polygon",
          "circle",
          "int4range",
          "int8range",
          "numrange",
          "tsrange",
          "tstzrange",
          "daterange",
          "pg_lsn");

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
    String sql =
        "SELECT "
            + keys(mapping).map(key -> quote(key.name()) + "::text").collect(joining())
            + from(mapping)
            + " WHERE "
            + within(mapping, range)
            + inKeyOrder(mapping)
            + " LIMIT 1 OFFSET "
            + (rows - 1);
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      if (!row.next()) {
        return Optional.empty();
      }
      List<String> key = new ArrayList<>();
      for (int i = 1; i <= mapping.sourceKey().size(); i++) {
        key.add(row.getString(i));
      }
      return Optional.of(key);
    }
  }

  @Override
  public RowStream read(Connection session, TableMapping mapping, KeyRange range, Dialect target)
      throws SQLException {
    Stream<String> constants = mapping.constants().values().stream().map(this::literal);
    Stream<String> columns =
        mapping.columns().stream().map(column -> spell(column.source(), target));
    String copy =
        "COPY (SELECT "
            + Stream.concat(constants, columns).collect(joining())
            + from(mapping)
            + " WHERE "
            + within(mapping, range)
            + inKeyOrder(mapping)
            + ") TO STDOUT (FORMAT text, ENCODING 'UTF8')";
    return new PostgresRows(session, copy, !target.understandsAllEscapes());
  }

  private String from(TableMapping mapping) {
    return " FROM " + quote(mapping.source().schema(), mapping.source().name()) + " AS t";
  }

  /** By the table's columns: a bare name would mean the spelled column of the select list. */
  private String inKeyOrder(TableMapping mapping) {
    return " ORDER BY " + keys(mapping).map(key -> "t." + quote(key.name())).collect(joining());
  }

  private String spell(Column column, Dialect target) {
    String name = quote(column.name());
    boolean foreign = !(target instanceof PostgresDialect);
    return switch (column.type().kind()) {
      case BOOLEAN -> name + "::int";
      case TIMESTAMPTZ -> "(" + name + " AT TIME ZONE 'UTC')";
      case BYTES ->
          target.byteSpelling() == ByteSpelling.HEX ? "encode(" + name + ", 'hex')" : name;
      case JSON -> foreign && isArray(column.type()) ? "to_json(" + name + ")" : name;
      case INT16,
          INT32,
          INT64,
          DECIMAL,
          FLOAT32,
          FLOAT64,
          TEXT,
          DATE,
          TIME,
          TIMESTAMP,
          UUID,
          OTHER,
          UNSUPPORTED ->
          name;
    };
  }

  private static boolean isArray(ColumnType type) {
    return !type.nativeName().equals("json") && !type.nativeName().equals("jsonb");
  }

  private String within(TableMapping mapping, KeyRange range) {
    String names = keys(mapping).map(key -> quote(key.name())).collect(joining());
    return Stream.of(
            bound(mapping, names, ">", range.after()), bound(mapping, names, "<=", range.upTo()))
        .filter(condition -> !condition.isEmpty())
        .collect(
            Collectors.collectingAndThen(
                Collectors.joining(" AND "), all -> all.isEmpty() ? "TRUE" : all));
  }

  private String bound(
      TableMapping mapping, String names, String operator, @Nullable List<String> values) {
    if (values == null) {
      return "";
    }
    List<Column> keys = keys(mapping).toList();
    List<String> literals = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      literals.add(literal(values.get(i)) + "::" + keys.get(i).type().nativeName());
    }
    return "(" + names + ") " + operator + " (" + String.join(", ", literals) + ")";
  }

  private static Stream<Column> keys(TableMapping mapping) {
    return mapping.sourceKey().stream().map(MappedColumn::source);
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
  public String createTable(String schema, TableMapping mapping) {
    Stream<String> constants =
        mapping.constants().keySet().stream().map(name -> quote(name) + " text NOT NULL");
    Stream<String> columns =
        mapping.columns().stream()
            .map(
                column ->
                    quote(column.target())
                        + " "
                        + declare(column.source().type())
                        + (column.source().nullable() ? "" : " NOT NULL"));
    return "CREATE TABLE IF NOT EXISTS "
        + quote(schema, mapping.targetTable())
        + " ("
        + Stream.concat(constants, columns).collect(joining())
        + ", PRIMARY KEY ("
        + mapping.targetKey().stream().map(this::quote).collect(joining())
        + "))";
  }

  private static String declare(ColumnType type) {
    return switch (type.kind()) {
      case BOOLEAN -> "boolean";
      case INT16 -> "smallint";
      case INT32 -> "integer";
      case INT64 -> "bigint";
      case DECIMAL ->
          type.precision() == 0
              ? "numeric"
              : "numeric(" + type.precision() + "," + type.scale() + ")";
      case FLOAT32 -> "real";
      case FLOAT64 -> "double precision";
      case TEXT -> type.length() == 0 ? "text" : "varchar(" + type.length() + ")";
      case BYTES -> "bytea";
      case DATE -> "date";
      case TIME -> "time(" + type.precision() + ")";
      case TIMESTAMP -> "timestamp(" + type.precision() + ")";
      case TIMESTAMPTZ -> "timestamptz(" + type.precision() + ")";
      case UUID -> "uuid";
      case JSON ->
          type.nativeName().matches("json|jsonb|[a-z0-9 ]+\\[]") ? type.nativeName() : "jsonb";
      case OTHER, UNSUPPORTED -> BUILT_IN.contains(type.nativeName()) ? type.nativeName() : "text";
    };
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
    String name = quote(column.name());
    return switch (column.type().kind()) {
      case BOOLEAN -> "(" + name + "::int)::text";
      case DECIMAL -> "trim_scale(" + name + ")::text";
      case FLOAT32 ->
          floating(other.type().kind() == ColumnKind.FLOAT32 ? name + "::float8" : name);
      case FLOAT64 -> floating(name);
      case BYTES -> "encode(" + name + ", 'hex')";
      case TIME -> "to_char(" + name + ", 'HH24:MI:SS.US')";
      case TIMESTAMP -> "to_char(" + name + ", 'YYYY-MM-DD HH24:MI:SS.US')";
      case TIMESTAMPTZ -> "to_char(" + name + " AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')";
      case JSON -> json(column.type(), name, other.type());
      case INT16, INT32, INT64, TEXT, DATE, UUID -> name + "::text";
      // As COPY prints it: a cast of inet to text adds the netmask.
      case OTHER, UNSUPPORTED ->
          "CASE WHEN " + name + " IS NOT NULL THEN format('%s', " + name + ") END";
    };
  }

  private static String floating(String value) {
    return "trim_scale(round(" + value + "::text::numeric, 30))::text";
  }

  /**
   * MySQL keeps JSON in a form of its own, which jsonb's text form agrees with; others keep text.
   */
  private static String json(ColumnType type, String name, ColumnType other) {
    boolean binary = other.nativeName().equals("json") || other.nativeName().equals("jsonb");
    if (isArray(type) && !other.nativeName().equals(type.nativeName())) {
      return (binary ? "to_jsonb(" : "to_json(") + name + ")::text";
    }
    return binary && type.nativeName().equals("json") ? name + "::jsonb::text" : name + "::text";
  }

  @Override
  public String checksumQuery(String from, List<String> canonicals, String where) {
    return "SELECT count(*)::text, coalesce(sum("
        + number(canonicals)
        + "), 0)::text FROM "
        + from
        + " WHERE "
        + where;
  }

  @Override
  public String fingerprintQuery(
      String from, List<String> keys, List<String> canonicals, String where) {
    return "SELECT concat_ws(', ', "
        + String.join(", ", keys)
        + "), "
        + number(canonicals)
        + "::text FROM "
        + from
        + " WHERE "
        + where;
  }

  /**
   * The first 60 bits of the SHA-256 of all columns, each with its length, so that none runs on.
   */
  private static String number(List<String> canonicals) {
    String row =
        canonicals.stream()
            .map(text -> "coalesce(octet_length(" + text + ") || ':' || " + text + ", 'N')")
            .collect(joining());
    return "('x' || left(encode(sha256(convert_to(concat("
        + row
        + "), 'UTF8')), 'hex'), 15))::bit(60)::bigint";
  }

  private static Collector<CharSequence, ?, String> joining() {
    return Collectors.joining(", ");
  }
}
