package dev.tidemark.connect.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.connect.server.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Keys of every kind, compared by ranges where both sides order them alike and by buckets where
 * not; what is found is the same.
 */
class KeyKindsIT {

  private static final String UTF8 = " CHARACTER SET utf8mb4 COLLATE ";

  /** Letters, digits and signs, which every language orders in its own way. */
  private static final List<String> WORDS =
      List.of(
          "", "a", "a b", "ab", "a-c", "A", "Ab", "aB", "äb", "zz", "Zz", "aa", "å", "z", "_z", "é",
          "e", "É", "日本", "😀", "1", "10", "2", "a\tb");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Both compare bytes.
        "POSTGRESQL | text COLLATE \"C\"          | MARIADB    | utf8mb4_nopad_bin      | ranges",
        "POSTGRESQL | text COLLATE \"C\"          | MYSQL      | utf8mb4_0900_bin       | ranges",
        "MARIADB    | utf8mb4_nopad_bin           | POSTGRESQL | text COLLATE \"C\"     | ranges",
        "MYSQL      | utf8mb4_0900_bin            | POSTGRESQL | text COLLATE \"ucs_basic\" | ranges",
        "POSTGRESQL | text COLLATE \"pg_c_utf8\"  | MARIADB    | utf8mb4_nopad_bin      | ranges",
        "MYSQL      | utf8mb4_0900_bin            | MARIADB    | utf8mb4_nopad_bin      | ranges",
        // Both have the same one.
        "MYSQL      | utf8mb4_0900_as_cs          | MYSQL      | utf8mb4_0900_as_cs     | ranges",
        // One orders by a language.
        "POSTGRESQL | text COLLATE \"en-x-icu\"   | MARIADB    | utf8mb4_nopad_bin      | buckets",
        "POSTGRESQL | text COLLATE \"C\"          | MYSQL      | utf8mb4_0900_as_cs     | buckets",
        "MARIADB    | utf8mb4_nopad_bin           | POSTGRESQL | text COLLATE \"da-x-icu\" | buckets",
        "POSTGRESQL | text COLLATE \"en-x-icu\"   | POSTGRESQL | text COLLATE \"da-x-icu\" | buckets",
        "MYSQL      | utf8mb4_0900_as_cs          | MARIADB    | utf8mb4_nopad_bin      | buckets",
        // It orders a tab before the end of the text.
        "POSTGRESQL | text COLLATE \"C\"          | MARIADB    | utf8mb4_bin            | buckets",
      })
  void findsTheSameInTextKeys(
      TestServer from, String sourceType, TestServer to, String targetType, String way)
      throws Exception {
    try (ComparedSides sides = ComparedSides.of(from, to)) {
      sides.atSource(table(sourceType));
      sides.atTarget(table(targetType));
      for (int i = 0; i < WORDS.size(); i++) {
        sides.onBoth("INSERT INTO item VALUES ('" + WORDS.get(i) + "', " + i + ")");
      }
      assertWay(sides, way);
      assertThat(sides.differences(2)).isEmpty();
      sides.atTarget("UPDATE item SET qty = -1 WHERE qty IN (3, 9, 20)");
      sides.atTarget("DELETE FROM item WHERE qty IN (0, 8, 19)");
      sides.atSource("DELETE FROM item WHERE qty IN (4, 12)");
      List<String> expected = new ArrayList<>();
      List.of(3, 9, 20).forEach(i -> expected.add(WORDS.get(i) + " differs"));
      List.of(0, 8, 19).forEach(i -> expected.add(WORDS.get(i) + " is missing in the target"));
      List.of(4, 12).forEach(i -> expected.add(WORDS.get(i) + " is only in the target"));
      assertThat(sides.differences(2)).containsExactlyInAnyOrderElementsOf(expected);
      ComparisonResult result = sides.compare(2);
      assertThat(result.source().rows()).isEqualTo(WORDS.size() - 2);
      assertThat(result.target().rows()).isEqualTo(WORDS.size() - 3);
      try (Comparison comparison = sides.comparison(Map.of(), 2, null)) {
        assertThat(comparison.differingColumns(List.of(WORDS.get(3)))).containsExactly("qty");
      }
    }
  }

  private static String table(String type) {
    return "CREATE TABLE item (code "
        + (type.startsWith("text") ? type : "varchar(20)" + UTF8 + type)
        + " PRIMARY KEY, qty int NOT NULL)";
  }

  private static void assertWay(ComparedSides sides, String way) throws Exception {
    try (Comparison comparison = sides.comparison(Map.of(), 2, null)) {
      assertThat(comparison)
          .isInstanceOf(way.equals("ranges") ? RangeComparison.class : BucketComparison.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POSTGRESQL | uuid           | MARIADB    | char(36) COLLATE ascii_bin         | ranges",
        "POSTGRESQL | uuid           | MYSQL      | char(36) COLLATE utf8mb4_0900_ai_ci | ranges",
        "POSTGRESQL | uuid           | MYSQL      | char(36) COLLATE utf8mb4_da_0900_ai_ci | buckets",
        "POSTGRESQL | uuid           | POSTGRESQL | uuid                               | ranges",
        "POSTGRESQL | uuid           | MARIADB    | uuid                               | buckets",
        "MARIADB    | uuid           | POSTGRESQL | uuid                               | buckets",
        "MARIADB    | uuid           | MARIADB    | uuid                               | buckets",
      })
  void findsTheSameInUuidKeys(
      TestServer from, String sourceType, TestServer to, String targetType, String way)
      throws Exception {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      // Time-based ones, which MariaDB orders by their time, among random ones.
      String version = i % 2 == 0 ? "1" : "4";
      keys.add(
          "%08x-%04x-%s000-8000-0000000000%02x"
              .formatted(i * 0x10a0b0c7, i * 0x3aa1 & 0xffff, version, i));
    }
    assertFound(from, sourceType, to, targetType, way, keys);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POSTGRESQL | numeric(12)    | MARIADB    | bigint         | ranges  | -5, 0, 3, 10, 9, 100",
        "MARIADB    | bigint unsigned | POSTGRESQL | numeric(20)   | ranges  | 0, 9, 18446744073709551615, 10",
        "POSTGRESQL | numeric(9,2)   | MYSQL      | decimal(12,4)  | ranges  | -1.5, 0, 1.25, 10.1, 9.99",
        "POSTGRESQL | date           | MARIADB    | date           | ranges  | 2024-02-29, 0001-01-01, 9999-12-31, 2024-01-31",
        "MYSQL      | datetime(6)    | POSTGRESQL | timestamptz    | ranges  | 2024-03-10 02:30:00, 2024-03-10 02:30:00.000001, 2024-03-10 02:30:00.45, 1970-01-01 00:00:01",
        "POSTGRESQL | timestamptz    | MARIADB    | datetime(6)    | ranges  | 2024-03-10 02:30:00, 2024-03-10 02:30:00.5, 2024-03-10 02:30:00.45",
        "MARIADB    | time(6)        | POSTGRESQL | time           | ranges  | 00:00:00, 23:59:59.999999, 12:00:00.5, 12:00:00.25",
        "POSTGRESQL | integer        | MYSQL      | varchar(20)    | buckets | 9, 10, 100, -1",
        "POSTGRESQL | inet           | MARIADB    | varchar(60)    | buckets | 10.0.0.2, 9.0.0.0/8, ::1",
      })
  void findsTheSameInOtherKeys(
      TestServer from, String sourceType, TestServer to, String targetType, String way, String keys)
      throws Exception {
    assertFound(from, sourceType, to, targetType, way, List.of(keys.split(", ")));
  }

  private static void assertFound(
      TestServer from,
      String sourceType,
      TestServer to,
      String targetType,
      String way,
      List<String> keys)
      throws Exception {
    try (ComparedSides sides = ComparedSides.of(from, to)) {
      sides.atSource("CREATE TABLE item (code " + sourceType + " PRIMARY KEY, qty int NOT NULL)");
      sides.atTarget("CREATE TABLE item (code " + targetType + " PRIMARY KEY, qty int NOT NULL)");
      for (int i = 0; i < keys.size(); i++) {
        sides.onBoth("INSERT INTO item VALUES ('" + keys.get(i) + "', " + i + ")");
      }
      assertWay(sides, way);
      assertThat(sides.differences(2)).isEmpty();
      assertThat(sides.compare(2).source().rows()).isEqualTo(keys.size());
      sides.atTarget("UPDATE item SET qty = -1 WHERE qty = 1");
      sides.atTarget("DELETE FROM item WHERE qty = 0");
      sides.atSource("DELETE FROM item WHERE qty = 2");
      assertThat(sides.differences(2))
          .containsExactlyInAnyOrder(
              keys.get(0) + " is missing in the target",
              keys.get(1) + " differs",
              keys.get(2) + " is only in the target");
      try (Comparison comparison = sides.comparison(Map.of(), 2, null)) {
        assertThat(comparison.differingColumns(List.of(keys.get(1)))).containsExactly("qty");
      }
    }
  }

  /** As some programs write them; a uuid prints in lower case. */
  @ParameterizedTest
  @CsvSource({
    "MYSQL, utf8mb4_0900_ai_ci, POSTGRESQL",
    "MARIADB, utf8mb4_nopad_bin, POSTGRESQL",
    "MYSQL, latin1_bin, MARIADB",
  })
  void aUuidEqualsItsTextInUpperCase(TestServer from, String collation, TestServer to)
      throws Exception {
    String upper = "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11";
    try (ComparedSides sides = ComparedSides.of(from, to)) {
      sides.atSource(
          "CREATE TABLE item (id int PRIMARY KEY, code char(36) COLLATE " + collation + ")");
      sides.atTarget("CREATE TABLE item (id int PRIMARY KEY, code uuid)");
      sides.onBoth("INSERT INTO item VALUES (1, '" + upper + "')");
      assertThat(sides.differences(2)).isEmpty();
      sides.atSource("UPDATE item SET code = '" + upper.replace("11", "12") + "'");
      assertThat(sides.differences(2)).containsExactly("1 differs");
    }
  }

  /** Bytes of all values, short and long; NULL is not the empty string. */
  @ParameterizedTest
  @CsvSource({"POSTGRESQL, MARIADB", "MYSQL, POSTGRESQL", "MARIADB, MYSQL"})
  void tellsBytesApart(TestServer from, TestServer to) throws Exception {
    try (ComparedSides sides = ComparedSides.of(from, to)) {
      for (TestServer server : List.of(from, to)) {
        String table =
            server == TestServer.POSTGRESQL
                ? "CREATE TABLE item (code bytea PRIMARY KEY, data bytea)"
                : "CREATE TABLE item (code varbinary(20) PRIMARY KEY, data longblob)";
        if (server == from) {
          sides.atSource(table);
        } else {
          sides.atTarget(table);
        }
      }
      List<String> keys = List.of("00", "0000", "00ff", "7f", "80", "ff", "ff00");
      for (String key : keys) {
        sides.atSource(
            "INSERT INTO item VALUES ("
                + bytes(from, key)
                + ", "
                + bytes(from, "ab".repeat(40))
                + ")");
        sides.atTarget(
            "INSERT INTO item VALUES (" + bytes(to, key) + ", " + bytes(to, "ab".repeat(40)) + ")");
      }
      assertWay(sides, "ranges");
      assertThat(sides.differences(2)).isEmpty();
      sides.atSource("UPDATE item SET data = NULL WHERE code = " + bytes(from, "00"));
      sides.atTarget(
          "UPDATE item SET data = " + bytes(to, "") + " WHERE code = " + bytes(to, "00"));
      sides.atTarget(
          "UPDATE item SET data = "
              + bytes(to, "ab".repeat(39) + "aa")
              + " WHERE code = "
              + bytes(to, "ff"));
      assertThat(sides.differences(2)).containsExactlyInAnyOrder("00 differs", "ff differs");
    }
  }

  private static String bytes(TestServer server, String hex) {
    return server == TestServer.POSTGRESQL
        ? "decode('" + hex + "', 'hex')"
        : "UNHEX('" + hex + "')";
  }

  /** Tables without an index over the key would be read once for each range. */
  @ParameterizedTest
  @CsvSource({"POSTGRESQL, MARIADB", "MARIADB, POSTGRESQL"})
  void tellsRowsThatStandTwiceInATableWithoutAKey(TestServer from, TestServer to) throws Exception {
    try (ComparedSides sides = ComparedSides.of(from, to)) {
      sides.atSource(
          "CREATE TABLE item (id int PRIMARY KEY, name varchar(9))",
          "INSERT INTO item VALUES (1, 'a'), (2, 'b'), (3, 'c')");
      sides.atTarget(
          "CREATE TABLE item (id int, name varchar(9))",
          "INSERT INTO item VALUES (1, 'a'), (2, 'x'), (2, 'b'), (3, 'c'), (3, 'c')");
      assertWay(sides, "buckets");
      ComparisonResult result = sides.compare(2);
      assertThat(result.target().rows()).isEqualTo(5);
      assertThat(result.words())
          .containsExactlyInAnyOrder("2 is only in the target", "3 is only in the target");
    }
  }
}
