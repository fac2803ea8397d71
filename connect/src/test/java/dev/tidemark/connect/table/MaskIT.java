package dev.tidemark.connect.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.dialect.Dialects;
import dev.tidemark.connect.server.TestServer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What databases make of values that are hidden is what Java's own algorithms do. */
class MaskIT {

  private static final List<String> VALUES = List.of("", "+49 30 1234", "Köln 🐟", "a\\b'c");

  @ParameterizedTest
  @EnumSource
  void hashesAreThoseOfTheStandard(TestServer server) throws Exception {
    assumeTrue(server.available(), "set TIDEMARK_TEST_MYSQL_URL to a MySQL server");
    ConnectionConfiguration database = server.newDatabase("mask");
    TestServer.execute(
        database,
        "CREATE TABLE item (id int PRIMARY KEY, note varchar(40), number decimal(9,3))",
        "INSERT INTO item VALUES (0, '', 0), (1, '+49 30 1234', 1.5), (2, 'Köln 🐟', NULL),"
            + (server == TestServer.POSTGRESQL ? " (3, 'a\\b''c', 2)" : " (3, 'a\\\\b''c', 2)")
            + ", (4, NULL, 3)");
    Dialect dialect = Dialects.of(database.type());
    try (Connection session = TestServer.open(database)) {
      TableShape item = dialect.describe(session, database.schema(), "item").orElseThrow();
      for (String secret : List.of("0123456789abcdef", "ключ ".repeat(30))) {
        RowChoice keyed = new RowChoice(null, Map.of("note", Mask.HASH), new MaskKey(secret));
        assertThat(read(session, dialect, keyed, item))
            .containsExactlyElementsOf(expected(value -> hmac(secret, value)));
      }
      RowChoice plain = new RowChoice(null, Map.of("note", Mask.HASH), null);
      assertThat(read(session, dialect, plain, item))
          .containsExactlyElementsOf(expected(MaskIT::sha256));
    }
  }

  @Test
  void anotherKeyIsAnotherChoiceAndTheKeyIsNotTold() {
    MaskKey key = new MaskKey("the key of the shops");
    Map<String, Mask> hashed = Map.of("note", Mask.HASH);
    String without = new RowChoice(null, hashed, null).specification();
    String with = new RowChoice(null, hashed, key).specification();
    assertThat(with)
        .isNotEqualTo(without)
        .isNotEqualTo(new RowChoice(null, hashed, new MaskKey("the key of others")).specification())
        .isEqualTo(
            new RowChoice(null, hashed, new MaskKey("the key of the shops")).specification());
    assertThat(with + key).doesNotContain("shops");
    Map<String, Mask> redacted = Map.of("note", Mask.REDACT);
    assertThat(new RowChoice(null, redacted, key).specification())
        .isEqualTo(new RowChoice(null, redacted, null).specification());
  }

  private interface Hash {
    String of(String value) throws Exception;
  }

  private static List<String> expected(Hash hash) throws Exception {
    Stream.Builder<String> expected = Stream.builder();
    for (String value : VALUES) {
      expected.add(hash.of(value));
    }
    return expected.add("-").build().toList();
  }

  private static List<String> read(
      Connection session, Dialect dialect, RowChoice choice, TableShape item) throws Exception {
    return TestServer.rows(
        session,
        "SELECT coalesce(note, '-') FROM " + choice.relation(dialect, item) + " AS t ORDER BY id");
  }

  private static String sha256(String value) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    return HexFormat.of().formatHex(digest.digest(value.getBytes(StandardCharsets.UTF_8)));
  }

  private static String hmac(String secret, String value) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)));
  }
}
