package dev.tidemark.activities.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.workflows.table.Deletes;
import dev.tidemark.workflows.table.ModeSpec;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.RowSpec;
import dev.tidemark.workflows.table.SyncMode;
import dev.tidemark.workflows.table.TableSpec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Indexes of tables that Tidemark made, which come when the rows are in. */
class LateIndexesIT {

  private static final ModeSpec REPLACE = new ModeSpec(SyncMode.REPLACE, null, Deletes.HARD, null);

  private static TableSpec spec(Map<String, String> constants, ModeSpec mode, RowSpec rows) {
    return new TableSpec(
        null, List.of(), List.of(), List.of(), Map.of(), constants, 100, 2, mode, rows);
  }

  private static TableSpec spec(Map<String, String> constants) {
    return spec(constants, ModeSpec.FULL, RowSpec.ALL);
  }

  private static TwoSides sides(TestServer to, TableSpec spec) {
    assumeTrue(to.available(), "set TIDEMARK_TEST_MYSQL_URL to run this");
    return filled(new TwoSides(TestServer.POSTGRESQL, to, spec));
  }

  private static TwoSides filled(TwoSides sides) {
    sides.atSource(
        "CREATE TABLE item (id int PRIMARY KEY, code varchar(20) NOT NULL UNIQUE, price int)",
        "CREATE INDEX item_price ON item (price, id)",
        "CREATE INDEX item_words ON item (lower(code))",
        "INSERT INTO item SELECT i, 'code ' || i, i % 10 FROM generate_series(1, 1000) i");
    return sides;
  }

  /** Such as {@code unique branch, code}; those of the key are left out. */
  private static List<String> indexes(ConnectionConfiguration target) throws Exception {
    return TwoSides.rows(
        target,
        switch (target.type()) {
          case POSTGRESQL ->
              """
              SELECT CASE WHEN i.indisunique THEN 'unique ' ELSE '' END
                     || CASE WHEN i.indisvalid THEN '' ELSE 'invalid ' END
                     || (SELECT string_agg(a.attname, ', ' ORDER BY p.place)
                           FROM unnest(i.indkey) WITH ORDINALITY p (attnum, place)
                           JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = p.attnum)
                FROM pg_index i
               WHERE i.indrelid = 'item'::regclass AND NOT i.indisprimary ORDER BY 1""";
          case MYSQL, MARIADB ->
              """
              SELECT concat(if(max(non_unique) = 0, 'unique ', ''),
                            group_concat(column_name ORDER BY seq_in_index SEPARATOR ', '))
                FROM information_schema.statistics
               WHERE table_schema = database() AND table_name = 'item' AND index_name <> 'PRIMARY'
               GROUP BY index_name ORDER BY 1""";
        });
  }

  @ParameterizedTest
  @EnumSource
  void areMadeWhenTheFirstPassHasCopiedEveryRow(TestServer to) throws Exception {
    try (TwoSides sides = sides(to, spec(Map.of()))) {
      assertThat(sides.copy(() -> sides.counts().read() >= 300)).isFalse();
      assertThat(indexes(sides.target)).isEmpty();
      sides.copy();
      assertThat(sides.counts()).isEqualTo(new RowCounts(1000, 1000, 0, 0));
      assertThat(indexes(sides.target)).containsExactly("price, id", "unique code");
      assertThat(sides.report.remarks())
          .containsExactly(
              "Left out, since only the source's database knows how: index item_words");
      sides.assertEqual("id, code, price");
    }
  }

  @ParameterizedTest
  @EnumSource
  void areMadeOnceAndNotAgainWhereSomebodyDroppedThem(TestServer to) throws Exception {
    try (TwoSides sides = sides(to, spec(Map.of()))) {
      sides.copy();
      sides.atTarget(
          to == TestServer.POSTGRESQL
              ? "DROP INDEX item_price_id_idx"
              : "DROP INDEX item_price ON item");
      sides.newPass("second");
      sides.copy();
      assertThat(indexes(sides.target)).containsExactly("unique code");
      assertThat(sides.report.remarks()).isEmpty();
      sides.atTarget("DROP TABLE item");
      sides.newPass("third");
      sides.copy();
      assertThat(indexes(sides.target)).as("made anew").containsExactly("price, id", "unique code");
    }
  }

  @ParameterizedTest
  @EnumSource
  void leaveATableAloneThatPeopleMade(TestServer to) throws Exception {
    try (TwoSides sides = sides(to, spec(Map.of()))) {
      sides.atTarget("CREATE TABLE item (id int PRIMARY KEY, code varchar(20), price int)");
      sides.copy();
      assertThat(indexes(sides.target)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void areMadeByTheNextAttemptWhereOneWasEndedBeforeThem(TestServer to) throws Exception {
    try (TwoSides sides = sides(to, spec(Map.of()))) {
      assertThat(sides.copy(() -> makesIndexes(sides))).isFalse();
      assertThat(indexes(sides.target)).isEmpty();
      sides.assertEqual("id, code, price");
      sides.copy();
      assertThat(indexes(sides.target)).containsExactly("price, id", "unique code");
      assertThat(sides.counts()).isEqualTo(new RowCounts(1000, 1000, 0, 0));
    }
  }

  @ParameterizedTest
  @EnumSource
  void areMadeByTheNextBatchWhereOneWasEndedBeforeThem(TestServer to) throws Exception {
    try (TwoSides sides = sides(to, spec(Map.of()))) {
      assertThat(sides.copy(() -> makesIndexes(sides))).isFalse();
      sides.newPass("second");
      sides.copy();
      assertThat(indexes(sides.target)).containsExactly("price, id", "unique code");
      assertThat(sides.counts()).isEqualTo(new RowCounts(1000, 0, 0, 1000));
    }
  }

  private static boolean makesIndexes(TwoSides sides) {
    return String.valueOf(sides.report.heartbeat().waitingFor()).startsWith("index ");
  }

  @ParameterizedTest
  @EnumSource
  void comeBehindTheRowsOfAReplacedTableToo(TestServer to) throws Exception {
    try (TwoSides sides = sides(to, spec(Map.of(), REPLACE, RowSpec.ALL))) {

      assertThat(sides.copy(() -> makesIndexes(sides))).isFalse();
      assertThat(indexes(sides.target)).isEmpty();
      sides.copy();
      assertThat(indexes(sides.target)).containsExactly("price, id", "unique code");
      sides.newPass("second");
      sides.copy();
      assertThat(indexes(sides.target)).containsExactly("price, id", "unique code");
      sides.assertEqual("id, code, price");
    }
  }

  @ParameterizedTest
  @EnumSource
  void thatCannotBeMadeFailNoCopyAndAreSaid(TestServer to) throws Exception {
    RowSpec masked = new RowSpec(null, Map.of("code", "redact"));
    try (TwoSides sides = sides(to, spec(Map.of("branch", "one"), ModeSpec.FULL, masked))) {
      sides.copy();
      assertThat(sides.counts()).isEqualTo(new RowCounts(1000, 1000, 0, 0));
      assertThat(indexes(sides.target)).containsExactly("price, id");
      assertThat(sides.report.remarks())
          .hasSize(2)
          .anySatisfy(remark -> assertThat(remark).startsWith("While making index item_code_key"));
      sides.newPass("second");
      sides.copy();
      assertThat(sides.report.remarks()).as("said once").isEmpty();
    }
  }

  /** The source may change while it is copied, so that a value is there twice for a while. */
  @ParameterizedTest
  @EnumSource
  void refusedForAValueThatIsThereTwiceAreMadeByTheNextRun(TestServer to) throws Exception {
    try (TwoSides sides = sides(to, spec(Map.of(), ModeSpec.FULL, RowSpec.ALL))) {
      assertThat(sides.copy(() -> makesIndexes(sides))).isFalse();
      sides.atTarget("UPDATE item SET code = 'same' WHERE id IN (1, 2)");
      sides.copy();
      assertThat(indexes(sides.target)).containsExactly("price, id");
      assertThat(sides.report.remarks())
          .anySatisfy(remark -> assertThat(remark).endsWith("the next run tries again"));
      sides.newPass("second");
      sides.copy();
      assertThat(indexes(sides.target)).containsExactly("price, id", "unique code");
    }
  }

  @ParameterizedTest
  @EnumSource
  void areMadeOnceByTwoSlicesThatEndTogether(TestServer to) throws Exception {
    try (TwoSides one = sides(to, spec(Map.of("branch", "one")));
        TwoSides two =
            filled(new TwoSides(TestServer.POSTGRESQL, one.target, spec(Map.of("branch", "two"))));
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      CyclicBarrier together = new CyclicBarrier(2);
      Future<Boolean> first = threads.submit(copy(one, together));
      Future<Boolean> second = threads.submit(copy(two, together));
      assertThat(first.get(2, TimeUnit.MINUTES)).isTrue();
      assertThat(second.get(2, TimeUnit.MINUTES)).isTrue();
      assertThat(indexes(one.target)).containsExactly("price, id", "unique branch, code");
      assertThat(TwoSides.rows(one.target, "SELECT count(*) FROM item")).containsExactly("2000");
      assertThat(one.report.remarks().size() + two.report.remarks().size())
          .as("only what is left out, by whoever made the others")
          .isEqualTo(1);
    }
  }

  private static Callable<Boolean> copy(TwoSides sides, CyclicBarrier together) {
    AtomicBoolean met = new AtomicBoolean();
    return () ->
        sides.copy(
            () -> {
              if (sides.isFirstSession() && sides.counts().read() >= 900 && !met.getAndSet(true)) {
                await(together);
              }
              return false;
            });
  }

  private static void await(CyclicBarrier together) {
    try {
      together.await(1, TimeUnit.MINUTES);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
