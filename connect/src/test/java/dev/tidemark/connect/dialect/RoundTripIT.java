package dev.tidemark.connect.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.connection.Sessions;
import dev.tidemark.connect.server.TestServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Values of every type go from each database to each other one and back, and come back equal; the
 * checksums of both sides agree on the way. What a target cannot hold, it refuses.
 *
 * <p>Types travel several in a table. Where such a table has a fault, each of its types travels
 * again on its own, and then each of its values, so that the value at fault is named.
 */
class RoundTripIT {

  private static final int TYPES_IN_A_TABLE = 12;

  /** A row of MySQL holds 65,535 bytes, so that one of these fills it. */
  private static final String WIDE = ".*\\((1|2|4)\\d{4}\\).*";

  private static final Map<TestServer, ConnectionConfiguration> SOURCES =
      new EnumMap<>(TestServer.class);

  static Stream<Arguments> directions() {
    return Arrays.stream(TestServer.values())
        .flatMap(
            from -> Arrays.stream(TestServer.values()).map(target -> Arguments.of(from, target)));
  }

  @ParameterizedTest
  @MethodSource("directions")
  void everyValueComesBackEqualOrIsRefused(TestServer from, TestServer to) throws Exception {
    travel(from, to, Sessions::openToLoad);
  }

  /** A session that was not opened to load is refused as by a server that allows nobody to. */
  @ParameterizedTest
  @MethodSource("directions")
  void everyValueDoesSoTooWhereNothingMayBeLoaded(TestServer from, TestServer to) throws Exception {
    assumeTrue(to != TestServer.POSTGRESQL, "PostgreSQL has but one way");
    travel(from, to, Sessions::open);
  }

  private static void travel(TestServer from, TestServer to, RoundTrip.Opening toWrite)
      throws Exception {
    assumeTrue(
        from.available() && to.available(), "set TIDEMARK_TEST_MYSQL_URL to run this with MYSQL");
    ConnectionConfiguration source = SOURCES.computeIfAbsent(from, RoundTripIT::database);
    List<String> wrong = new ArrayList<>();
    try (RoundTrip trip = new RoundTrip(from, source, to, to.newDatabase("round"), toWrite)) {
      List<TypeCase> together = new ArrayList<>();
      for (TypeCase type : types(from)) {
        if (type.refused().isEmpty() && !type.type().matches(WIDE)) {
          together.add(type);
        } else {
          wrong.addAll(trip.wrong(List.of(type)));
        }
      }
      for (int first = 0; first < together.size(); first += TYPES_IN_A_TABLE) {
        List<TypeCase> types =
            together.subList(first, Math.min(first + TYPES_IN_A_TABLE, together.size()));
        if (!trip.wrong(types).isEmpty()) {
          for (TypeCase type : types) {
            wrong.addAll(trip.wrong(List.of(type)));
          }
        }
      }
    }
    assertThat(wrong).as("from %s to %s, seed %d", from, to, RandomValues.SEED).isEmpty();
  }

  private static List<TypeCase> types(TestServer server) {
    return server == TestServer.POSTGRESQL ? PostgresTypeCases.all() : MysqlTypeCases.all(server);
  }

  private static ConnectionConfiguration database(TestServer server) {
    ConnectionConfiguration database = server.newDatabase("types");
    if (server == TestServer.POSTGRESQL) {
      TestServer.execute(database, PostgresTypeCases.BEFORE);
    }
    return database;
  }
}
