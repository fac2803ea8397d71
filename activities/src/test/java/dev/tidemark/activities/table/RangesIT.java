package dev.tidemark.activities.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.connect.connection.Lease;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.workflows.table.ModeSpec;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.RowSpec;
import dev.tidemark.workflows.table.TableSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Ranges of one table's keys that are copied at once. */
class RangesIT {

  private static final long ROWS = 80_000;

  /** Kinds of keys, as the expression of a number {@code i} from 1 to {@link #ROWS}. */
  enum Key {
    INTEGERS("id bigint", "i"),
    /** A few in front, and all others far behind. */
    UNEVEN_INTEGERS("id bigint", "CASE WHEN i < 10 THEN i ELSE 9000000000000 + i END"),
    UUIDS("id uuid", "md5(i::text)::uuid"),
    TEXTS("id varchar(40)", "'INV/' || md5(i::text)"),
    DATES_AND_NUMBERS("d date, id int", "date '2020-01-01' + (i / 1000)::int, (i % 1000)::int"),
    TIMESTAMPS("id timestamptz(6)", "timestamptz '2024-01-01' + i * interval '1.000001 second'"),
    BYTES("id bytea", "decode(md5(i::text), 'hex')");

    final String columns;
    final String values;

    Key(String columns, String values) {
      this.columns = columns;
      this.values = values;
    }

    String names() {
      return Stream.of(columns.split(", "))
          .map(column -> column.substring(0, column.indexOf(' ')))
          .reduce((one, two) -> one + ", " + two)
          .orElseThrow();
    }
  }

  private static TableSpec spec(int ranges, int chunkRows) {
    return TwoSides.spec(chunkRows, ranges, ModeSpec.FULL, RowSpec.ALL);
  }

  private static void fill(TwoSides sides, Key key) {
    sides.estimatedRows = ROWS;
    sides.atSource(
        ("CREATE TABLE item (" + key.columns + ", note text, pad text, PRIMARY KEY (")
            + (key.names() + "))"),
        // Wide enough that not all of it is read ahead.
        ("INSERT INTO item SELECT " + key.values + ", 'note ' || i, repeat('x', 150)")
            + (" FROM generate_series(1, " + ROWS + ") i"),
        "ANALYZE item");
  }

  /** Holds the first session up until another has taken a part of the table; never stops it. */
  private static boolean waitsForHelp(TwoSides sides) {
    if (sides.isFirstSession() && sides.counts().read() > 0) {
      Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> sides.ranges() > 1);
    }
    return false;
  }

  /** Each kind of key once; all servers have their turn. */
  private static Stream<Arguments> keys() {
    List<TestServer> servers =
        Stream.of(TestServer.values()).filter(TestServer::available).toList();
    return Stream.of(Key.values())
        .map(
            key ->
                Arguments.of(
                    key, servers.get(List.of(Key.values()).indexOf(key) % servers.size())));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void splitsATableByWhateverKeyAndGoesOnWithEachRange(Key key, TestServer server)
      throws Exception {
    try (TwoSides sides = new TwoSides(TestServer.POSTGRESQL, server, spec(3, 2000))) {
      fill(sides, key);
      assertThat(sides.copy(() -> waitsForHelp(sides) || sides.counts().read() >= ROWS / 2))
          .isFalse();
      long before = sides.counts().read();
      assertThat(before).isLessThan(ROWS);

      sides.copy();
      assertThat(sides.counts()).isEqualTo(new RowCounts(ROWS, ROWS, 0, 0));
      assertThat(
              TwoSides.rows(sides.target, "SELECT count(*), sum(length(note)) FROM item")
                  .getFirst())
          .isEqualTo(
              TwoSides.rows(sides.source, "SELECT count(*), sum(length(note)) FROM item")
                  .getFirst());
    }
  }

  @ParameterizedTest
  @EnumSource
  void readsFromEachServerInRanges(TestServer server) throws Exception {
    try (TwoSides sides = new TwoSides(server, TestServer.POSTGRESQL, spec(4, 2000))) {
      sides.estimatedRows = ROWS;
      String numbers =
          server == TestServer.POSTGRESQL
              ? "SELECT i FROM generate_series(1, 80000) i"
              : "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
                  + " SELECT (a.i - 1) * 80 + b.i FROM n a JOIN n b ON b.i <= 80";
      sides.atSource(
          // Wide enough that not all of it is read ahead.
          "CREATE TABLE item (id int PRIMARY KEY, note varchar(200))",
          "INSERT INTO item (id) " + numbers,
          "UPDATE item SET note = concat(id, repeat('x', 150))",
          server == TestServer.POSTGRESQL ? "ANALYZE item" : "ANALYZE TABLE item");
      assertThat(sides.copy(() -> waitsForHelp(sides))).isTrue();
      assertThat(sides.counts()).isEqualTo(new RowCounts(ROWS, ROWS, 0, 0));
      sides.assertEqual("id, note");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSessionThatIsCutEndsTheAttemptAndTheNextOneLosesNothing(TestServer server)
      throws Exception {
    try (TwoSides sides = new TwoSides(TestServer.POSTGRESQL, server, spec(4, 1000))) {
      fill(sides, Key.INTEGERS);
      AtomicBoolean cut = new AtomicBoolean();
      BooleanSupplier cutInTheMiddle =
          () -> {
            if (sides.counts().read() > ROWS / 3 && cut.compareAndSet(false, true)) {
              sides.atSource(
                  "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                      + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
            }
            return false;
          };
      assertThatThrownBy(() -> sides.copy(cutInTheMiddle)).isNotNull();
      copyWithRetries(sides);
      assertThat(sides.counts()).isEqualTo(new RowCounts(ROWS, ROWS, 0, 0));
      sides.assertEqual("id, note");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRowThatDoesNotFitIsNamedWhicheverSessionFoundIt(TestServer server) throws Exception {
    try (TwoSides sides = new TwoSides(TestServer.POSTGRESQL, server, spec(4, 1000))) {
      fill(sides, Key.INTEGERS);
      sides.atSource("UPDATE item SET note = repeat('x', 60) WHERE id = 78888");
      sides.atTarget("CREATE TABLE item (id bigint PRIMARY KEY, note varchar(50), pad text)");
      assertThatThrownBy(sides::copy)
          .isInstanceOfSatisfying(
              SyncException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.VALUE_DOES_NOT_FIT);
                assertThat(e).hasMessageContaining("id=78888");
              });
      sides.atSource("UPDATE item SET note = 'short' WHERE id = 78888");
      sides.copy();
      assertThat(sides.counts()).isEqualTo(new RowCounts(ROWS, ROWS, 0, 0));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSuccessorFencesEverySessionOfItsPredecessor(TestServer server) throws Exception {
    try (TwoSides sides = new TwoSides(TestServer.POSTGRESQL, server, spec(4, 1000))) {
      fill(sides, Key.INTEGERS);
      AtomicBoolean overtaken = new AtomicBoolean();
      assertThatThrownBy(
              () ->
                  sides.copy(
                      () -> {
                        if (sides.counts().read() > ROWS / 3
                            && overtaken.compareAndSet(false, true)) {
                          overtake(sides);
                        }
                        return false;
                      }))
          .isNotNull();
      assertThat(overtaken).isTrue();
      copyWithRetries(sides);
      assertThat(sides.counts()).isEqualTo(new RowCounts(ROWS, ROWS, 0, 0));
      sides.assertEqual("id, note");
    }
  }

  @ParameterizedTest
  @EnumSource
  void makesPlaceForATableThatWaitsAndCopiesItsRangeAfterAll(TestServer server) throws Exception {
    try (TwoSides sides = new TwoSides(TestServer.POSTGRESQL, server, spec(2, 500));
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      fill(sides, Key.INTEGERS);
      AtomicBoolean asked = new AtomicBoolean();
      List<Future<Optional<Lease>>> waiting = new ArrayList<>();
      boolean finished =
          sides.copy(
              () -> {
                if (!waitsForHelp(sides)
                    && sides.counts().read() > ROWS / 3
                    && asked.compareAndSet(false, true)) {
                  waiting.add(threads.submit(() -> allSessions(sides)));
                }
                return false;
              });
      assertThat(finished).as("in one attempt").isTrue();
      assertThat(sides.counts()).isEqualTo(new RowCounts(ROWS, ROWS, 0, 0));
      sides.assertEqual("id, note");
      waiting.getFirst().get(1, TimeUnit.MINUTES).orElseThrow().close();
    }
  }

  private static Optional<Lease> allSessions(TwoSides sides) throws InterruptedException {
    return sides.connections.lease(
        Collections.nCopies(sides.source.poolSize(), "here"), () -> false);
  }

  /** Only its database can spell such a key, so none is guessed. */
  @ParameterizedTest
  @EnumSource
  void aKeyThatNobodyCanHalveIsCopiedByOneSession(TestServer server) throws Exception {
    try (TwoSides sides = new TwoSides(TestServer.POSTGRESQL, server, spec(4, 5000))) {
      sides.atSource(
          "CREATE TABLE item (id inet PRIMARY KEY, note text)",
          "INSERT INTO item SELECT '10.0.0.0'::inet + i, 'note ' || i"
              + " FROM generate_series(1, 60000) i",
          "ANALYZE item");
      sides.copy();
      assertThat(sides.counts()).isEqualTo(new RowCounts(60_000, 60_000, 0, 0));
      assertThat(sides.ranges()).isEqualTo(1);
    }
  }

  /** As the activity does: a pool may still hand out a session that was cut. */
  private static void copyWithRetries(TwoSides sides) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .until(() -> sides.copy(() -> false));
  }

  private static void overtake(TwoSides sides) {
    TableReport report = sides.report;
    try {
      sides.copy(() -> true);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      sides.report = report;
    }
  }
}
