package dev.tidemark.connect.dialect;

import static dev.tidemark.connect.server.TestServer.MYSQL;
import static dev.tidemark.connect.server.TestServer.POSTGRESQL;

import dev.tidemark.connect.server.TestServer;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Every type of MySQL and MariaDB, with values at its edges and some by chance. */
final class MysqlTypeCases {

  private static final Set<TestServer> POSTGRES = Set.of(POSTGRESQL);
  private static final String EQUAL = "s.v <=> b.v";

  private MysqlTypeCases() {}

  static String text(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  private static String quoted(String value) {
    return "'" + value + "'";
  }

  private static List<String> texts(String... values) {
    return Stream.of(values).map(MysqlTypeCases::text).toList();
  }

  private static TypeCase plain(String type, String... values) {
    return TypeCase.of(type, texts(values));
  }

  static List<TypeCase> all(TestServer server) {
    RandomValues chance = new RandomValues(2);
    List<TypeCase> cases = new ArrayList<>();
    cases.addAll(integers(chance));
    cases.addAll(numbers(chance));
    cases.addAll(texts(chance));
    cases.addAll(times(chance));
    cases.addAll(documents(chance));
    cases.addAll(spatial());
    if (server == MYSQL) {
      cases.add(TypeCase.of("vector(3)", "TO_VECTOR('[1,-2.5,3e-30]')", "TO_VECTOR('[0,0,0]')"));
      cases.add(
          plain("json", "[1e300]", "[18446744073709551615, 1.0, 1.5e-7]")
              .and(chance.some(() -> text(chance.json(3)))));
    } else {
      cases.add(
          plain(
                  "json",
                  "{\"b\":1, \"a\" : 1.0,\"a\":1e300}",
                  "[12345678901234567890.0123456789012]")
              .and(texts("\"\\u0000\"", " [1 , 2] "))
              .and(chance.some(() -> text(chance.json(3)))));
      cases.add(
          plain("uuid", "00000000-0000-0000-0000-000000000000")
              .and(chance.some(() -> quoted(chance.randomUuid()))));
      cases.add(plain("inet4", "0.0.0.0", "255.255.255.255", "10.0.0.1"));
      cases.add(
          plain(
              "inet6",
              "::",
              "::1",
              "::ffff:1.2.3.4",
              "2001:db8::1",
              "1:0:0:2:0:0:0:3",
              "::1.2.3.4",
              "1::2:0"));
    }
    return cases;
  }

  private static List<TypeCase> integers(RandomValues chance) {
    List<TypeCase> cases = new ArrayList<>();
    cases.add(TypeCase.of("tinyint(1)", "-128", "127", "0", "1"));
    int[] bits = {8, 16, 24, 32, 64};
    String[] names = {"tinyint", "smallint", "mediumint", "int", "bigint"};
    for (int i = 0; i < names.length; i++) {
      int width = bits[i];
      cases.add(
          TypeCase.of(
                  names[i],
                  "-" + BigInteger.ONE.shiftLeft(width - 1),
                  BigInteger.ONE.shiftLeft(width - 1).subtract(BigInteger.ONE).toString())
              .and(chance.some(() -> chance.signed(width))));
      cases.add(
          TypeCase.of(
                  names[i] + " unsigned",
                  "0",
                  BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE).toString())
              .and(chance.some(() -> chance.integer(width))));
    }
    cases.add(TypeCase.of("int(8) unsigned zerofill", "0", "42", "4294967295"));
    cases.add(TypeCase.of("bit(1)", "0", "1"));
    cases.add(TypeCase.of("bit(12)", "0", "5", "4095").and(chance.some(() -> chance.integer(12))));
    cases.add(TypeCase.of("bit(64)", "0", "18446744073709551615", "9223372036854775808"));
    return cases;
  }

  private static List<TypeCase> numbers(RandomValues chance) {
    String nines = "9".repeat(35) + "." + "9".repeat(30);
    return List.of(
        TypeCase.of("decimal(65,30)", nines, "-" + nines)
            .and(chance.some(() -> chance.decimal(65, 30))),
        TypeCase.of("decimal(65,0)", "9".repeat(65), "-" + "9".repeat(65)),
        TypeCase.of("decimal(10,2) unsigned", "0", "99999999.99"),
        TypeCase.of("decimal(10,2) zerofill", "0", "1.5"),
        TypeCase.of("float", "0", "-3.4028233e38", "1.17549435e-38", "0.1", "16777216")
            .and(chance.some(() -> chance.float32()))
            .sameIf(EQUAL),
        TypeCase.of("float(7,2)", "0.1", "99999.99").sameIf(EQUAL),
        TypeCase.of(
                "double",
                "0e0",
                "1.7976931348623157e308",
                "-2.2250738585072014e-308",
                "0.1e0",
                "1e15",
                "1e16",
                "5.684341886080802e-14",
                "9007199254740993e0",
                "1e22",
                "1e23")
            .and(chance.some(() -> chance.float64()))
            .sameIf(EQUAL),
        TypeCase.of("double(10,3)", "0.001", "9999999.999").sameIf(EQUAL));
  }

  private static List<TypeCase> texts(RandomValues chance) {
    String edges = "tab\t, cr\r\n back\\ \\N \\. \\\\ 'q' \"d\" 🐟\u0001\f\u000b\u001a ";
    return List.of(
        plain("varchar(10)", "", "0123456789", "🐟🐟🐟🐟🐟🐟🐟🐟🐟🐟", "a  ")
            .and(chance.some(() -> text(chance.text(10)))),
        plain("varchar(16000)", "", "é".repeat(16_000)),
        plain("varchar(40000) CHARACTER SET latin1", "", "é".repeat(40_000)),
        plain("char(5)", "", "ab", "abcde", " a"),
        plain("char(5) CHARACTER SET latin1 COLLATE latin1_swedish_ci", "ÿüé€"),
        plain("tinytext", "", "x".repeat(255)),
        plain("tinytext CHARACTER SET latin1", "é".repeat(255)),
        plain("text", "", "x".repeat(65_535), edges).and(chance.some(() -> text(chance.text(300)))),
        plain("text", "x").refusedBy(POSTGRES, "'a\\0b'"),
        plain("mediumtext", "", "x".repeat(70_000)),
        plain("longtext", "", edges, "x".repeat(70_000)),
        plain("enum('a','b c','é, ''q''')", "a", "b c", "é, 'q'"),
        plain("enum('back\\\\slash','two\\nlines')", "back\\slash", "two\nlines"),
        plain("set('a','b','c d')", "", "a", "a,c d"),
        TypeCase.of("binary(5)", "'ab'", "X'0000000000'", "X'FF005C0A09'"),
        TypeCase.of("varbinary(10)", "''", "X'00'", "X'FF005C0A09'"),
        TypeCase.of("varbinary(40000)", "''", "REPEAT(X'00', 40000)"),
        TypeCase.of("tinyblob", "''", "REPEAT(X'FF', 255)"),
        TypeCase.of("blob", "''", "REPEAT(X'FF', 65535)")
            .and(chance.some(() -> "X'" + chance.hex(300) + "'")),
        TypeCase.of("mediumblob", "''", "REPEAT(X'5C', 70000)"),
        TypeCase.of("longblob", "''", "REPEAT(X'00', 70000)"));
  }

  private static List<TypeCase> times(RandomValues chance) {
    return List.of(
        plain("date", "0001-01-01", "9999-12-31", "1582-10-10", "2000-02-29")
            .and(chance.some(() -> quoted(chance.date(1, 9999))))
            .refusedBy(POSTGRES, "'0000-00-00'", "'2024-00-00'", "'2024-02-00'"),
        plain("time(6)", "00:00:00", "23:59:59.999999", "24:00:00")
            .and(chance.some(() -> quoted(chance.time())))
            .refusedBy(POSTGRES, "'-00:00:01'", "'838:59:59'", "'-838:59:59'", "'100:00:00.5'"),
        plain("time", "00:00:00", "23:59:59"),
        plain("datetime(6)", "0001-01-01 00:00:00", "9999-12-31 23:59:59.999999")
            .and(texts("2024-03-10 02:30:00", "2024-02-29 23:59:59.9"))
            .and(chance.some(() -> quoted(chance.timestamp(1, 9999))))
            .refusedBy(POSTGRES, "'0000-00-00 00:00:00'", "'2024-00-01 12:00:00'"),
        plain("datetime", "2024-02-29 23:59:59"),
        plain("datetime(3)", "2024-02-29 23:59:59.123"),
        plain("timestamp(6)", "1970-01-01 00:00:01", "2038-01-19 03:14:07.999999")
            .and(texts("2024-03-10 02:30:00.000001"))
            .and(chance.some(() -> quoted(chance.timestamp(1971, 2037))))
            .refusedBy(POSTGRES, "'0000-00-00 00:00:00'"),
        plain("timestamp", "2024-02-29 23:59:59"),
        TypeCase.of("year", "1901", "2155", "2000", "1999"));
  }

  private static List<TypeCase> documents(RandomValues chance) {
    return List.of(
        plain("json", "{}", "{\"b\":1,\"a\":2,\"aa\":\"é 🐟\"}", "null", "[1, -2, \"\\n\\\"\\\\\"]")
            .and(chance.some(() -> text(chance.json(2)))));
  }

  private static List<TypeCase> spatial() {
    return List.of(
        TypeCase.of(
            "point", "ST_GeomFromText('POINT(1.5 -2)')", "ST_GeomFromText('POINT(1 2)', 4326)"),
        TypeCase.of("linestring", "ST_GeomFromText('LINESTRING(0 0,1 1)')"),
        TypeCase.of("polygon", "ST_GeomFromText('POLYGON((0 0,1 1,1 0,0 0))')"),
        TypeCase.of("geometry", "ST_GeomFromText('POINT(0.1 1e300)')"),
        TypeCase.of("multipoint", "ST_GeomFromText('MULTIPOINT(0 0,1 1)')"),
        TypeCase.of("multilinestring", "ST_GeomFromText('MULTILINESTRING((0 0,1 1))')"),
        TypeCase.of("multipolygon", "ST_GeomFromText('MULTIPOLYGON(((0 0,1 1,1 0,0 0)))')"),
        TypeCase.of("geometrycollection", "ST_GeomFromText('GEOMETRYCOLLECTION(POINT(1 1))')"));
  }
}
