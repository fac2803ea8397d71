package dev.tidemark.connect.dialect;

import static dev.tidemark.connect.server.TestServer.MARIADB;
import static dev.tidemark.connect.server.TestServer.MYSQL;

import dev.tidemark.connect.server.TestServer;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Every type of PostgreSQL, with values at its edges and some by chance. */
final class PostgresTypeCases {

  private static final Set<TestServer> OTHERS = Set.of(MYSQL, MARIADB);
  private static final String ROW_LIKE = "s.v IS NOT DISTINCT FROM b.v";

  /** What the cases need beside their columns. */
  static final String[] BEFORE = {
    "CREATE TYPE mood AS ENUM ('sad', 'ok', 'hap''py, \"é\"')",
    "CREATE DOMAIN price AS numeric(12,2) CHECK (VALUE >= 0)",
    "CREATE DOMAIN low_price AS price",
    "CREATE TYPE pair AS (a int, b text)"
  };

  private PostgresTypeCases() {}

  static String text(String value) {
    return "E'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  private static String quoted(String value) {
    return "'" + value + "'";
  }

  private static List<String> texts(String... values) {
    return Stream.of(values).map(PostgresTypeCases::text).toList();
  }

  private static TypeCase plain(String type, String... values) {
    return TypeCase.of(type, texts(values));
  }

  static List<TypeCase> all() {
    RandomValues chance = new RandomValues(1);
    return Stream.of(
            numbers(chance), texts(chance), times(chance), documents(chance), special(chance))
        .flatMap(List::stream)
        .toList();
  }

  private static List<TypeCase> numbers(RandomValues chance) {
    String nines = "9".repeat(35) + "." + "9".repeat(30);
    return List.of(
        TypeCase.of("boolean", "true", "false"),
        TypeCase.of("smallint", "-32768", "32767", "0").and(chance.some(() -> chance.signed(16))),
        TypeCase.of("integer", "-2147483648", "2147483647")
            .and(chance.some(() -> chance.signed(32))),
        TypeCase.of("bigint", "-9223372036854775808", "9223372036854775807")
            .and(chance.some(() -> chance.signed(64))),
        TypeCase.of("oid", "0", "4294967295").and(chance.some(() -> chance.integer(32))),
        TypeCase.of("numeric(20,4)", "9999999999999999.9999", "-0.0001", "1.5")
            .and(chance.some(() -> chance.decimal(20, 4)))
            .refusedBy(OTHERS, "'NaN'"),
        TypeCase.of("numeric(65,30)", nines, "-" + nines)
            .and(chance.some(() -> chance.decimal(65, 30))),
        TypeCase.of("numeric", nines, "-" + nines, "1.50", "100", "0." + "0".repeat(29) + "1")
            .and(chance.some(() -> chance.decimal(60, 25)))
            .sameIf(ROW_LIKE)
            .refusedBy(
                OTHERS,
                "'NaN'",
                "'Infinity'",
                "'-Infinity'",
                "1e35",
                "-1e40",
                "1e-31",
                "0." + "1".repeat(31)),
        TypeCase.of("numeric(5,-2)", "1234500", "-100", "0").sameIf(ROW_LIKE),
        TypeCase.of("numeric(3,5)", "0.00999", "-0.00001").sameIf(ROW_LIKE),
        TypeCase.of("numeric(100,40)", "1." + "5".repeat(30), "9".repeat(35))
            .sameIf(ROW_LIKE)
            .refusedBy(OTHERS, "9".repeat(60), "0." + "5".repeat(40)),
        TypeCase.of("real", quotedAll("0", "-0", "1e-45", "3.4028235e38", "0.1", "16777216"))
            .and(chance.some(() -> quoted(chance.float32())))
            .sameIf(ROW_LIKE)
            .refusedBy(OTHERS, "'NaN'", "'Infinity'", "'-Infinity'"),
        TypeCase.of(
                "double precision",
                quotedAll(
                    "0",
                    "-0",
                    "4.9e-324",
                    "2.2250738585072009e-308",
                    "2.2250738585072014e-308",
                    "1.7976931348623157e308",
                    "0.1",
                    "1e15",
                    "1e16",
                    "123456789012345678",
                    "5.684341886080802e-14",
                    "9007199254740993",
                    "1e22",
                    "1e23"))
            .and(chance.some(() -> quoted(chance.float64())))
            .sameIf(ROW_LIKE)
            .refusedBy(OTHERS, "'NaN'", "'Infinity'", "'-Infinity'"),
        TypeCase.of("money", "'-92233720368547758.08'", "'92233720368547758.07'", "'1.50'")
            .backAs("numeric(19,2)", "s.v::numeric IS NOT DISTINCT FROM b.v"));
  }

  private static List<String> quotedAll(String... values) {
    return Stream.of(values).map(PostgresTypeCases::quoted).toList();
  }

  private static List<TypeCase> texts(RandomValues chance) {
    String edges = "tab\t, cr\r\n back\\ \\N \\. \\\\ 'q' \"d\" 🐟\u0001\f\u000b\u001a ";
    return List.of(
        plain("text", "", " ", "a ", edges, "NULL", "\\N", "\\.", "x".repeat(70_000))
            .and(chance.some(() -> text(chance.text(300)))),
        plain("varchar(10)", "", "0123456789", "🐟🐟🐟🐟🐟🐟🐟🐟🐟🐟", "a  ")
            .and(chance.some(() -> text(chance.text(10)))),
        plain("varchar(20000)", "", "é".repeat(20_000)),
        plain("varchar", "", "x".repeat(20_000)),
        plain("char(5)", "", "ab", "abcde", "🐟🐟🐟🐟🐟", " a").sameIf(ROW_LIKE),
        plain("char(300)", "", "é".repeat(300)).sameIf(ROW_LIKE),
        plain("char", "", "a").sameIf(ROW_LIKE),
        plain("name", "", "x".repeat(63)),
        plain("\"char\"", "a", "", "\\"),
        plain("mood", "sad", "hap'py, \"é\""),
        TypeCase.of("price", "0", "9999999999.99"),
        TypeCase.of("low_price", "0", "9999999999.99"),
        TypeCase.of("bytea", "''", "'\\x00'", "'\\x5c090a0d27'")
            .and(List.of("decode(repeat('00ff5c0a', 30000), 'hex')"))
            .and(chance.some(() -> "'\\x" + chance.hex(400) + "'")));
  }

  private static List<TypeCase> times(RandomValues chance) {
    return List.of(
        plain("date", "0001-01-01", "9999-12-31", "1582-10-10", "1900-02-28", "2000-02-29")
            .and(chance.some(() -> quoted(chance.date(1, 9999))))
            .refusedBy(
                OTHERS,
                "'infinity'",
                "'-infinity'",
                "'0044-03-15 BC'",
                "'10000-01-01'",
                "'12345-01-01'",
                "'202401-01-01'",
                "'5874897-12-31'"),
        plain("time", "00:00:00", "23:59:59.999999", "24:00:00")
            .and(chance.some(() -> quoted(chance.time()))),
        plain("time(3)", "00:00:00.001", "24:00:00"),
        plain("timetz", "00:00:00-15:59", "23:59:59.999999+15:59", "12:00:00+05:30:15"),
        plain("timestamp", "0001-01-01 00:00:00", "9999-12-31 23:59:59.999999")
            .and(texts("2024-03-10 02:30:00", "2024-02-29 23:59:59.9"))
            .and(chance.some(() -> quoted(chance.timestamp(1, 9999))))
            .refusedBy(
                OTHERS,
                "'infinity'",
                "'-infinity'",
                "'0044-03-15 12:00:00 BC'",
                "'10000-01-01 00:00:00'",
                "'12345-06-07 08:09:10.111213'",
                "'294276-12-31 23:59:59.999999'"),
        plain("timestamp(0)", "2024-02-29 23:59:59"),
        plain("timestamptz", "0001-01-01 00:00:00Z", "9999-12-31 23:59:59.999999Z")
            .and(texts("2024-03-10 02:30:00-05", "2024-11-03 01:30:00-04", "1900-01-01 00:00+00"))
            .and(chance.some(() -> quoted(chance.timestamp(2, 9998) + "+03:30")))
            .refusedBy(
                OTHERS,
                "'infinity'",
                "'-infinity'",
                "'0044-03-15 12:00:00Z BC'",
                "'10000-01-01 00:00:00Z'",
                "'12345-06-07 08:09:10Z'"),
        plain("interval", "0", "P1Y2M3DT4H5M6.789S", "-178000000 years", "1 day -00:00:00.000001")
            .and(texts("infinity", "-infinity", "178000000 years 11 months 2147483647 days")),
        plain("interval year to month", "1 year"),
        TypeCase.of("int4range", "'empty'", "'[1,5)'", "'(,)'", "'[7,]'"),
        TypeCase.of("int8range", "'[1,9223372036854775807)'"),
        TypeCase.of("numrange", "'[1.50,2.0]'", "'(,0)'"),
        TypeCase.of("daterange", "'[2024-01-01,infinity]'", "'empty'"),
        TypeCase.of("tsrange", "'[\"2024-01-01 00:00\",\"2024-01-02 00:00:00.000001\"]'"),
        TypeCase.of("tstzrange", "'[\"2024-01-01 00:00Z\",)'"),
        TypeCase.of("int4multirange", "'{}'", "'{[1,3),[5,7)}'"),
        TypeCase.of("int8multirange", "'{[1,3)}'"),
        TypeCase.of("nummultirange", "'{[1.5,3)}'"),
        TypeCase.of("datemultirange", "'{[2024-01-01,2024-02-01)}'"),
        TypeCase.of("tsmultirange", "'{[\"2024-01-01\",\"2024-02-01\")}'"),
        TypeCase.of("tstzmultirange", "'{[\"2024-01-01Z\",\"2024-02-01Z\")}'"));
  }

  private static List<TypeCase> documents(RandomValues chance) {
    String large = "12345678901234567890123456789.0123456789";
    String back = "s.v IS NULL AND b.v IS NULL OR to_jsonb(s.v)::text = b.v::jsonb::text";
    return List.of(
        plain("json", "{}", "{\"b\":1, \"a\" : 1.0,\"a\":1e300}", "[" + large + "]", "null")
            .and(texts("\"\\u0000\"", "\"\\ud83d\\udc1f\"", " [1 , 2] "))
            .and(chance.some(() -> text(chance.json(3)))),
        plain("jsonb", "{}", "{\"b\":1, \"a\" : 1.0}", "[" + large + "]", "null", "[1e300]")
            .and(texts("\"\\\\u0000\"", "\"🐟\\n\\t\\\"\"", "[1.10, 1e-7, -0]"))
            .and(chance.some(() -> text(chance.json(3)))),
        plain("jsonpath", "$.\"a\"[*]?(@ > 1)"),
        plain("xml", "", "<a b=\"c\">é 🐟</a>", "text only", "<a/><b/>"),
        plain("tsvector", "", "'a':1A 'b\\\\c':2,3 'quo''te'"),
        plain("tsquery", "'a' & !'b' <-> 'c':*A"),
        plain("integer[]", "{}", "{1,NULL,-3}", "{{1,2},{3,4}}", "[0:1]={7,8}")
            .backAs("json", back.replace("to_jsonb(s.v)", arrayText())),
        plain("text[]", "{}", "{a,NULL,\"NULL\",\"\",\"b \\\"q\\\" \\\\\\\\ ,{}\",🐟}")
            .backAs("json", back),
        plain("numeric[]", "{1.50,NULL," + large + "}").backAs("json", back),
        plain("double precision[]", "{1e300,0.1,NaN,-Infinity}").backAs("json", back),
        plain("timestamptz[]", "{2024-01-01 00:00:00.000001Z,infinity}").backAs("json", back),
        plain("boolean[]", "{t,f,NULL}").backAs("json", back),
        plain("mood[]", "{sad,ok}").backAs("json", back),
        plain("int2vector", "1 2 3").backAs("json", back.replace("to_jsonb(s.v)", arrayText())),
        plain("pair", "(1,\"a \"\"q\"\" , b\")", "(,)"));
  }

  /** Bounds other than 1 cannot be said in JSON; such an array travels as its text. */
  private static String arrayText() {
    return "CASE WHEN s.v::text LIKE '[%' OR array_lower(s.v, 1) = 0"
        + " THEN to_jsonb(s.v::text) ELSE to_jsonb(s.v) END";
  }

  private static List<TypeCase> special(RandomValues chance) {
    return List.of(
        plain("uuid", "00000000-0000-0000-0000-000000000000")
            .and(chance.some(() -> quoted(chance.uuid()))),
        plain(
            "inet",
            "10.0.0.1",
            "10.0.0.1/8",
            "0.0.0.0/0",
            "::1",
            "2001:db8::/32",
            "::ffff:1.2.3.4"),
        plain("cidr", "10.0.0.0/8", "2001:db8::/32", "10.0.0.1/32"),
        plain("macaddr", "08:00:2b:01:02:03"),
        plain("macaddr8", "08:00:2b:01:02:03:04:05"),
        TypeCase.of("bit(1)", "B'0'", "B'1'"),
        TypeCase.of("bit(12)", "B'000000000000'", "B'111111111111'", "B'000000000101'")
            .and(chance.some(() -> "B'" + chance.bits(12) + "'")),
        TypeCase.of("bit(64)", "B'" + "1".repeat(64) + "'", "B'1" + "0".repeat(63) + "'"),
        TypeCase.of("bit(70)", "B'" + "1".repeat(70) + "'"),
        TypeCase.of("varbit(20)", "B''", "B'0001'")
            .and(chance.some(() -> "B'" + chance.bits(chance.below(20)) + "'")),
        TypeCase.of("varbit", "B''", "B'" + "01".repeat(900) + "'"),
        plain("point", "(1.5,-2)", "(0.1,1e300)", "(NaN,Infinity)")
            .sameIf("s.v::text IS NOT DISTINCT FROM b.v::text"),
        plain("line", "{1,-1,0}"),
        plain("lseg", "[(0,0),(1,0.1)]"),
        plain("box", "(1,1),(0,0)"),
        plain("path", "[(0,0),(1,1)]", "((0,0),(1,1),(2,0))"),
        plain("polygon", "((0,0),(1,1),(2,0))"),
        plain("circle", "<(0.1,0),2>"),
        plain("pg_lsn", "16/B374D848", "0/0"),
        plain("pg_snapshot", "10:20:10,14,15"),
        plain("txid_snapshot", "10:20:10,14,15"),
        plain("xid", "0", "4294967295"),
        plain("xid8", "18446744073709551615"),
        plain("cid", "7"),
        plain("tid", "(0,1)"),
        plain("oidvector", "1 2")
            .backAs("json", "s.v IS NULL AND b.v IS NULL OR b.v::jsonb IS NOT NULL"),
        plain("refcursor", "portal"),
        plain("regclass", "pg_class"),
        plain("regtype", "integer"),
        plain("aclitem", "postgres=r/postgres"));
  }
}
