package dev.tidemark.connect.postgresql;

import dev.tidemark.connect.table.Column;
import dev.tidemark.connect.table.ColumnPair;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.type.ColumnKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How PostgreSQL computes fingerprints; see {@link Dialect#fingerprint}. */
final class PostgresFingerprint {

  /** A function takes 100 arguments at most, a field is up to three, a table has up to 1,600. */
  private static final int FIELDS = 30;

  /** Whole bytes of the 60 bits; what is left is half a byte. */
  private static final int BYTES = 7;

  /** Asked once a statement. */
  private static final String IS_UTF8 = "(SELECT pg_catalog.getdatabaseencoding() = 'UTF8')";

  private final String hash;

  PostgresFingerprint(List<ColumnPair> columns) {
    List<String> fields = columns.stream().map(PostgresFingerprint::field).toList();
    // All bytes are UTF-8, whatever the database's own encoding is.
    this.hash = "sha256(convert_to(" + joined(fields) + ", 'UTF8'))";
  }

  String digits() {
    return "left(encode(" + hash + ", 'hex'), " + Dialect.DIGITS + ")";
  }

  String number() {
    return "('x' || encode(substr(" + hash + ", 1, " + (BYTES + 1) + "), 'hex'))::bit(60)::bigint";
  }

  /** Digits take their time; bytes are put together in less, once the hash has a name. */
  String sum(String rows) {
    String number =
        IntStream.range(0, BYTES)
            .mapToObj(i -> "get_byte(r.h, " + i + ")::bigint << " + (52 - 8 * i))
            .collect(Collectors.joining(") | (", "(", ") | (get_byte(r.h, " + BYTES + ") >> 4)"));
    // OFFSET keeps the planner from computing the hash for each byte.
    return ("SELECT count(*), coalesce(sum(" + number + "), 0)")
        + (" FROM (SELECT " + hash + " AS h" + rows + " OFFSET 0) AS r");
  }

  /** A field is never torn: of some arguments that are all NULL nothing says that they are one. */
  private static String joined(List<String> fields) {
    if (fields.size() <= FIELDS) {
      return "concat_ws(',', " + String.join(", ", fields) + ")";
    }
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < fields.size(); i += FIELDS) {
      groups.add(joined(fields.subList(i, Math.min(i + FIELDS, fields.size()))));
    }
    return joined(groups);
  }

  /**
   * Arguments of concat_ws, which prints values of any type and leaves out NULL: one of them is
   * not.
   */
  private static String field(ColumnPair pair) {
    Column column = pair.here();
    String name = PostgresSpelling.quoted(column.name());
    if (pair.bytes()) {
      return ("coalesce(encode(CASE WHEN octet_length(" + name + ") > " + Dialect.LONG_BYTES)
          + (" THEN sha256(" + name + ") ELSE " + name + " END, 'hex'), 'N')");
    }
    String value = pair.framed() ? framed(pair, name) : spelled(pair, name);
    // A row of NULLs is not NULL, but IS NULL.
    return column.nullable()
        ? value + ", CASE WHEN " + name + " IS NOT DISTINCT FROM NULL THEN '' END"
        : value;
  }

  private static String spelled(ColumnPair pair, String name) {
    return PostgresSpelling.compared(name, pair.here().type(), pair.there().type());
  }

  private static String framed(ColumnPair pair, String name) {
    String text = PostgresSpelling.canonical(name, pair.here().type(), pair.there().type());
    String length = length(pair.here().type().kind(), text);
    String value =
        pair.mayBeLong()
            ? ("CASE WHEN " + length + " > " + Dialect.LONG_TEXT)
                + (" THEN encode(sha256(convert_to(" + text + ", 'UTF8')), 'hex') ELSE ")
                + (text + " END")
            : text;
    return length + ", " + value;
  }

  private static String length(ColumnKind kind, String text) {
    String octets = "octet_length(" + text + ")";
    return switch (kind) {
      case TEXT, JSON, OTHER, UNSUPPORTED ->
          ("CASE WHEN " + IS_UTF8 + " THEN " + octets)
              + (" ELSE octet_length(convert_to(" + text + ", 'UTF8')) END");
      // Digits, signs and a few letters, which all encodings have alike.
      case BOOLEAN,
          INT16,
          INT32,
          INT64,
          DECIMAL,
          FLOAT32,
          FLOAT64,
          BYTES,
          DATE,
          TIME,
          TIMESTAMP,
          TIMESTAMPTZ,
          UUID ->
          octets;
    };
  }
}
