package dev.tidemark.activities.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.workflows.table.Deletes;
import dev.tidemark.workflows.table.ModeSpec;
import dev.tidemark.workflows.table.RowSpec;
import dev.tidemark.workflows.table.SyncMode;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What others do to a table while the one that is to take its place is loaded. */
class ReplacedMeanwhileIT {

  @FunctionalInterface
  private interface Deed {
    void run() throws Exception;
  }

  /** A target that was copied, and rows in the source that were not. */
  private static TwoSides sides(TestServer to) throws Exception {
    TwoSides sides =
        new TwoSides(
            TestServer.POSTGRESQL,
            to,
            TwoSides.spec(
                Map.of(),
                100,
                1,
                new ModeSpec(SyncMode.REPLACE, null, Deletes.HARD, null),
                RowSpec.ALL));
    sides.atSource(
        "CREATE TABLE item (id int PRIMARY KEY, note text)",
        "INSERT INTO item SELECT i, 'note ' || i FROM generate_series(1, 1000) i");
    sides.copy();
    sides.atSource("DELETE FROM item WHERE id > 900");
    sides.newPass("second");
    return sides;
  }

  /** A copy in whose middle something happens. */
  private static void copy(TwoSides sides, Deed deed) throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    boolean finished =
        sides.copy(
            () -> {
              if (sides.isFirstSession()
                  && sides.counts().read() >= 300
                  && done.compareAndSet(false, true)) {
                try {
                  deed.run();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              }
              return false;
            });
    assertThat(done).isTrue();
    assertThat(finished).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void rowsStayThatCameToReferToTheTable(TestServer to) throws Exception {
    try (TwoSides sides = sides(to)) {
      assertThatThrownBy(
              () ->
                  copy(
                      sides,
                      () ->
                          sides.atTarget(
                              "CREATE TABLE part (item int,"
                                  + " FOREIGN KEY (item) REFERENCES item (id) ON DELETE CASCADE)",
                              "INSERT INTO part VALUES (1), (2)")))
          .isInstanceOfSatisfying(
              SyncException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DELETES_CASCADE))
          .hasMessageContaining("part");
      assertThat(TwoSides.rows(sides.target, "SELECT count(*) FROM part")).containsExactly("2");
      assertThat(TwoSides.rows(sides.target, "SELECT count(*) FROM item")).containsExactly("1000");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TRIGGER kept BEFORE INSERT ON item FOR EACH ROW EXECUTE FUNCTION kept()",
        "GRANT SELECT ON item TO pg_monitor",
        "GRANT SELECT (note) ON item TO pg_monitor",
        "COMMENT ON TABLE item IS 'kept'"
      })
  void whatATransactionGivesToTheTableAtTheLastMomentIsKept(String gift) throws Exception {
    try (TwoSides sides = sides(TestServer.POSTGRESQL);
        Connection another = TestServer.open(sides.target);
        Statement statement = another.createStatement()) {
      sides.atTarget(
          "CREATE FUNCTION kept() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'");
      another.setAutoCommit(false);
      CompletableFuture<Void> given = new CompletableFuture<>();
      copy(
          sides,
          () -> {
            statement.execute(gift);
            Thread.ofVirtual()
                .start(
                    () -> {
                      try {
                        awaitWaiting(sides);
                        another.commit();
                        given.complete(null);
                      } catch (Exception e) {
                        given.completeExceptionally(e);
                      }
                    });
          });
      given.get();
      sides.assertEqual("id, note");
      assertThat(
              TwoSides.rows(
                  sides.target,
                  "SELECT 1 FROM pg_trigger WHERE tgrelid = 'item'::regclass AND tgname = 'kept'"
                      + " UNION ALL SELECT 1 FROM pg_class WHERE oid = 'item'::regclass"
                      + " AND relacl::text LIKE '%pg_monitor%'"
                      + " UNION ALL SELECT 1 FROM pg_attribute WHERE attrelid = 'item'::regclass"
                      + " AND attacl IS NOT NULL"
                      + " UNION ALL SELECT 1 WHERE obj_description('item'::regclass) = 'kept'"))
          .hasSize(1);
      assertThat(sides.shadows()).isEmpty();
    }
  }

  private static Stream<Arguments> alterations() {
    return Stream.of(TestServer.values())
        .flatMap(
            server ->
                Stream.of(
                        "ALTER TABLE item ADD extra int DEFAULT 5",
                        "CREATE INDEX item_both ON item (id, extra)",
                        "ALTER TABLE item ADD CONSTRAINT positive CHECK (id > 0)",
                        "ALTER TABLE item ALTER extra SET DEFAULT 7")
                    .map(alteration -> Arguments.of(server, alteration)));
  }

  @ParameterizedTest
  @MethodSource("alterations")
  void whatTheTableIsAlteredToStays(TestServer to, String alteration) throws Exception {
    try (TwoSides sides = sides(to)) {
      if (!alteration.contains("ADD extra")) {
        sides.atTarget("ALTER TABLE item ADD extra int");
      }
      List<String> altered = new ArrayList<>();
      copy(
          sides,
          () -> {
            sides.atTarget(alteration);
            altered.addAll(definition(sides, to));
          });
      sides.assertEqual("id, note");
      assertThat(definition(sides, to)).isEqualTo(altered);
      assertThat(sides.shadows()).isEmpty();
    }
  }

  private static List<String> definition(TwoSides sides, TestServer to) throws Exception {
    return TwoSides.rows(
        sides.target,
        to == TestServer.POSTGRESQL
            ? "SELECT indexdef FROM pg_indexes WHERE tablename = 'item' UNION ALL"
                + " SELECT concat(column_name, ' ', column_default) FROM information_schema.columns"
                + " WHERE table_name = 'item' UNION ALL"
                + " SELECT conname || pg_get_constraintdef(oid) FROM pg_constraint"
                + " WHERE conrelid = 'item'::regclass ORDER BY 1"
            : "SHOW CREATE TABLE item");
  }

  @ParameterizedTest
  @EnumSource
  void rowsStayWhereTheTableDoesNotTakeTheNewOnesAnyMore(TestServer to) throws Exception {
    try (TwoSides sides = sides(to)) {
      assertThatThrownBy(
              () ->
                  copy(
                      sides,
                      () ->
                          sides.atTarget(
                              "ALTER TABLE item ADD extra int NOT NULL DEFAULT 0",
                              "ALTER TABLE item ALTER extra DROP DEFAULT")))
          .isInstanceOfSatisfying(
              SyncException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.COLUMN_MISMATCH))
          .hasMessageContaining("altered")
          .hasMessageContaining("extra");
      assertThat(TwoSides.rows(sides.target, "SELECT count(*) FROM item")).containsExactly("1000");
    }
  }

  /** Until a session of the target's database waits for a lock. */
  private static void awaitWaiting(TwoSides sides) throws Exception {
    while (TwoSides.rows(
            sides.target,
            "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                + " AND datname = current_database()")
        .isEmpty()) {
      Thread.sleep(20);
    }
  }
}
