package dev.tidemark.connect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.connect.table.TextRows;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/** Lines as binary values: the same rows as the server makes of the texts, byte by byte. */
class BinaryLinesIT {

  private static final long SEED = Long.getLong("tidemark.types.seed", 20_261_122L);
  private static final int BY_CHANCE = 300;

  private final Random random = new Random(SEED);

  record Plain(String type, List<String> values) {

    @Override
    public String toString() {
      return type;
    }
  }

  static Stream<Plain> plain() {
    return new BinaryLinesIT().cases();
  }

  private Stream<Plain> cases() {
    return Stream.of(
        new Plain("boolean", List.of("0", "1", "\\N")),
        new Plain("smallint", some(16, "32767", "-32768", "0", "-0", "007")),
        new Plain("integer", some(32, "2147483647", "-2147483648", "\\N")),
        new Plain("bigint", some(64, "9223372036854775807", "-9223372036854775808", "-1")),
        new Plain(
            "numeric", decimals("0", "-0.00", "0.0001", "10000", "1.50", "99999999.99999999")),
        new Plain("numeric(65,30)", decimals("0.000000000000000000000000000001", "-9999.9999")),
        new Plain("numeric(6,2)", List.of("1234.56", "1234.565", "-0.005", "0.004", "00012.5")),
        new Plain("real", floats("3.4028235e+38", "1e-45", "-0", "0.1", "16777217", "1.")),
        new Plain("double precision", floats("1.7976931348623157e308", "5e-324", "-0.0", "0e-999")),
        new Plain("text", texts()),
        new Plain(
            "varchar(20)", List.of("", "é🐟", "twenty characters    ", "cut here are blanks   ")),
        new Plain("char(5)", List.of("", "a", "a  ", "five5", "five5   ")),
        new Plain("bytea", bytes()),
        new Plain("date", List.of("0001-01-01", "1999-12-31", "2000-02-29", "9999-12-31", "\\N")),
        new Plain("time(3)", List.of("00:00:00", "23:59:59.9996", "12:34:56.7", "01:02:03.123456")),
        new Plain("timestamp", timestamps()),
        new Plain("timestamp(0)", timestamps()),
        new Plain("timestamptz", timestamps()),
        new Plain("uuid", IntStream.range(0, 20).mapToObj(i -> uuid()).toList()),
        new Plain("json", List.of("{\"a\": [1, \"\\\\n\\\\u00e9\", null]}", "1", "\"\"")),
        new Plain("jsonb", List.of("{\"b\": 1, \"a\": [1.50, true]}", "null", "[]", "\\N")));
  }

  private List<String> some(int bits, String... more) {
    return with(
        Stream.generate(
            () -> {
              BigInteger number = new BigInteger(bits - 1, random).shiftRight(random.nextInt(bits));
              return (random.nextBoolean() ? number : number.negate()).toString();
            }),
        more);
  }

  private List<String> decimals(String... more) {
    return with(
        Stream.generate(
            () ->
                new BigDecimal(new BigInteger(random.nextInt(1, 110), random), random.nextInt(31))
                    .multiply(BigDecimal.valueOf(random.nextBoolean() ? 1 : -1))
                    .toPlainString()),
        more);
  }

  private List<String> floats(String... more) {
    return with(Stream.generate(() -> Float.toString(random.nextFloat() * 1e9f)), more);
  }

  private List<String> texts() {
    return with(
        Stream.generate(() -> "x".repeat(random.nextInt(300)) + "é\\t🐟\\\\"),
        "",
        "\\\\N",
        "\\\\.",
        "\\b\\f\\n\\r\\t\\v\\\\",
        "y".repeat(16_000));
  }

  private List<String> bytes() {
    return with(
        Stream.generate(
            () -> {
              byte[] octets = new byte[random.nextInt(64)];
              random.nextBytes(octets);
              return "\\\\x" + HexFormat.of().formatHex(octets);
            }),
        "\\\\x",
        "\\\\xABCDEF",
        "\\N");
  }

  private List<String> timestamps() {
    return with(
        Stream.generate(
            () ->
                "%04d-%02d-%02d %02d:%02d:%02d.%06d"
                    .formatted(
                        random.nextInt(1, 10_000),
                        random.nextInt(1, 13),
                        random.nextInt(1, 29),
                        random.nextInt(24),
                        random.nextInt(60),
                        random.nextInt(60),
                        random.nextInt(1_000_000))),
        "1999-12-31 23:59:59.999999",
        "2000-01-01 00:00:00",
        "2024-02-29 23:59:59.5",
        "2000-02-29 00:00:00.000001",
        "0001-01-01 00:00:00",
        "9999-12-31 23:59:59.999999");
  }

  private String uuid() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private static List<String> with(Stream<String> byChance, String... more) {
    return Stream.concat(Stream.of(more), byChance.limit(BY_CHANCE)).toList();
  }

  private static ConnectionConfiguration database(String... columns) {
    ConnectionConfiguration database = TestServer.POSTGRESQL.newDatabase("binary");
    for (String table : List.of("by_text", "by_value")) {
      TestServer.execute(
          database,
          ("CREATE TABLE " + table)
              + (" (n integer PRIMARY KEY, " + String.join(", ", columns) + ")"));
    }
    return database;
  }

  private static List<BinaryForm> forms(Connection session, String... columns) throws Exception {
    return BinaryColumns.of(session, "public.by_value", List.of(columns)).orElseThrow();
  }

  private static long send(Connection session, BinaryLines lines) throws Exception {
    CopyIn copy =
        session
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY by_value FROM STDIN (FORMAT binary)");
    while (lines.advance()) {
      copy.writeToCopy(lines.piece(), 0, lines.length());
    }
    return copy.endCopy();
  }

  @ParameterizedTest
  @MethodSource("plain")
  void plainValuesBecomeWhatTheirTextsBecome(Plain plain) throws Exception {
    ConnectionConfiguration database = database("value " + plain.type());
    List<String> rows = new ArrayList<>();
    plain.values().forEach(value -> rows.add(rows.size() + "\t" + value));
    String[] lines = rows.toArray(String[]::new);
    try (Connection session = TestServer.open(database)) {
      CopyManager copying = session.unwrap(PGConnection.class).getCopyAPI();
      long byText = copying.copyIn("COPY by_text FROM STDIN", TextRows.of(lines));
      BinaryLines binary = new BinaryLines(TextRows.of(lines), forms(session, "n", "value"));

      assertThat(send(session, binary)).as("seed " + SEED).isEqualTo(byText);

      assertThat(binary.leaves()).isFalse();
      // By bytes: 1.5 and 1.50 are equal otherwise, and 0 and -0.
      assertThat(
              TestServer.rows(
                  session,
                  "SELECT concat_ws(' is not ', t.value::text, v.value::text)"
                      + " FROM by_text t FULL JOIN by_value v USING (n)"
                      + " WHERE (t *= v) IS NOT TRUE"))
          .as("seed " + SEED)
          .isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "boolean; true",
        "smallint; 32768",
        "smallint; +1",
        "integer; -2147483649",
        "integer; ''",
        "integer; -",
        "bigint; 9223372036854775808",
        "bigint; 10000000000000000000",
        "bigint; 1.0",
        "numeric; NaN",
        "numeric; 1e5",
        "numeric; .5",
        "numeric; 5.",
        "numeric; 1.2.3",
        "numeric; --1",
        "real; 1e39",
        "real; 1e-60",
        "real; NaN",
        "double precision; 1e309",
        "double precision; 1e-400",
        "double precision; Infinity",
        "double precision; 1e",
        "double precision; 1d",
        "double precision; ''",
        "text; a\\x41",
        "text; a\\N",
        "text; a\\",
        "bytea; \\\\xabc",
        "bytea; \\\\xzz",
        "bytea; abc",
        "date; 0000-00-00",
        "date; 2026-02-29",
        "date; 1900-02-29",
        "date; 2026-04-31",
        "date; 2026-13-01",
        "date; 2026-01-01 00:00:00",
        "date; infinity",
        "date; 12026-01-01",
        "time; 24:00:00",
        "time; -01:00:00",
        "time; 838:59:59",
        "time; 12:00:60",
        "time; 12:00:00.",
        "time; 12:00:00.1234567",
        "timestamp; 2026-01-01T00:00:00",
        "timestamp; 2026-01-01",
        "timestamp; 0000-00-00 00:00:00",
        "timestamp; 0044-03-15 12:00:00 BC",
        "timestamptz; 2026-01-01 00:00:00+02",
        "timestamptz; 2026-01-01 00:00:00.123+00",
        "uuid; {a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}",
        "uuid; a0eebc999c0b4ef8bb6d6bb9bd380a11",
        "uuid; a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1g",
      })
  void whatIsNotPlainIsLeftToTheServer(String type, String value) throws Exception {
    ConnectionConfiguration database = database("value " + type);
    try (Connection session = TestServer.open(database)) {
      BinaryLines lines =
          new BinaryLines(
              TextRows.of("1\t\\N", "2\t" + value, "3\t\\N"), forms(session, "n", "value"));

      assertThat(send(session, lines)).isEqualTo(1);

      assertThat(lines.leaves()).isTrue();
      assertThat(lines.rest())
          .hasSameContentAs(
              new ByteArrayInputStream(
                  ("2\t" + value + "\n3\t\\N\n").getBytes(StandardCharsets.UTF_8)));
    }
  }

  /** The server's own message of it is better. */
  @ParameterizedTest
  @ValueSource(strings = {"2", "2\t\\N\t\\N", ""})
  void linesWithMoreFieldsOrFewerAreLeft(String line) throws Exception {
    try (Connection session = TestServer.open(database("value text"))) {
      BinaryLines lines = new BinaryLines(TextRows.of("1\tx", line), forms(session, "n", "value"));

      assertThat(send(session, lines)).isEqualTo(1);

      assertThat(lines.leaves()).isTrue();
    }
  }

  /** The server would keep a thousand of them in memory. */
  @Test
  void veryLongLinesAreLeft() throws Exception {
    String longest = "z".repeat(1 << 14);
    try (Connection session = TestServer.open(database("value text"))) {
      BinaryLines lines =
          new BinaryLines(
              TextRows.of("1\ta", "2\t" + longest, "3\tb"), forms(session, "n", "value"));

      assertThat(send(session, lines)).isEqualTo(1);

      assertThat(lines.turned()).isEqualTo(1);
      assertThat(lines.leaves()).isTrue();
      assertThat(lines.rest()).hasContent("2\t" + longest + "\n3\tb\n");
    }
  }

  /** Behind pieces of which the buffer has forgotten the first ones. */
  @Test
  void whatIsLeftBeginsWhereItWasFound() throws Exception {
    String[] rows = new String[20_000];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i + "\t" + (i == 15_000 ? "infinity" : "2026-01-01");
    }
    try (Connection session = TestServer.open(database("value date"))) {
      BinaryLines lines = new BinaryLines(TextRows.of(rows), forms(session, "n", "value"));

      assertThat(send(session, lines)).isEqualTo(15_000);

      assertThat(new String(lines.rest().readAllBytes(), StandardCharsets.UTF_8).lines())
          .hasSize(5_000)
          .startsWith("15000\tinfinity", "15001\t2026-01-01");
    }
  }
}
