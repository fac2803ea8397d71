package dev.tidemark.activities.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.connect.server.TestServer;
import dev.tidemark.workflows.table.Deletes;
import dev.tidemark.workflows.table.ModeSpec;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.RowSpec;
import dev.tidemark.workflows.table.SyncMode;
import dev.tidemark.workflows.table.TableSpec;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys that MySQL and MariaDB order by something else than their text. */
class KeyOrderIT {

  private static final int ROWS = 3_000;

  private static TableSpec spec(SyncMode mode) {
    return TwoSides.spec(
        100,
        2,
        new ModeSpec(mode, null, mode == SyncMode.FULL ? Deletes.IGNORE : Deletes.HARD, null),
        RowSpec.ALL);
  }

  /** Members stand in an order that is not that of the alphabet. */
  private static TwoSides sides(TestServer from, TestServer to, String key, SyncMode mode) {
    TwoSides sides = new TwoSides(from, to, spec(mode));
    sides.atSource(
        "CREATE TABLE item (kind enum('sms','email','letter','call') NOT NULL,"
            + " ways set('up','down','aside') NOT NULL, id int NOT NULL, note varchar(20),"
            + " PRIMARY KEY ("
            + key
            + ")) CHARACTER SET utf8mb4",
        "INSERT INTO item WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n"
            + " WHERE i < 100) SELECT 1 + (b.i + a.i) % 4, 1 + (a.i + b.i) % 7,"
            + " (a.i - 1) * 100 + b.i, 'note' FROM n a JOIN n b ON a.i <= "
            + ROWS / 100);
    return sides;
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void copiesEveryRowOfAKeyThatBeginsWithAnEnum(TestServer from) throws Exception {
    copies(from, TestServer.POSTGRESQL, "kind, id");
    copies(from, from, "kind, id");
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void copiesEveryRowOfAKeyThatBeginsWithASet(TestServer from) throws Exception {
    copies(from, TestServer.POSTGRESQL, "ways, kind, id");
    copies(from, TestServer.MARIADB, "ways, id");
  }

  private static void copies(TestServer from, TestServer to, String key) throws Exception {
    for (SyncMode mode : List.of(SyncMode.FULL, SyncMode.DIFF, SyncMode.REPLACE)) {
      try (TwoSides sides = sides(from, to, key, mode)) {
        assertThat(sides.copy(() -> sides.counts().read() >= ROWS / 2)).isFalse();
        sides.copy();
        assertThat(sides.counts()).as("%s, key %s", mode, key).isEqualTo(counts());
        sides.assertEqual("kind, ways, id, note");
        sides.atSource("UPDATE item SET note = 'new' WHERE id % 50 = 3");
        sides.newPass("second");
        sides.copy();
        sides.assertEqual("kind, ways, id, note");
      }
    }
  }

  private static RowCounts counts() {
    return new RowCounts(ROWS, ROWS, 0, 0);
  }

  /** Ranges of three columns begin and end in the middle of a value of each of the first two. */
  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void copiesEveryRowOfAKeyOfThreeNumbers(TestServer from) throws Exception {
    try (TwoSides sides = new TwoSides(from, TestServer.POSTGRESQL, spec(SyncMode.FULL))) {
      sides.atSource(
          "CREATE TABLE item (a int, b int, c int, PRIMARY KEY (a, b, c))",
          "INSERT INTO item WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n"
              + " WHERE i < 100) SELECT x.i % 3, y.i % 7, x.i * 1000 + y.i FROM n x JOIN n y ON"
              + " x.i <= "
              + ROWS / 100);
      sides.copy();
      assertThat(sides.counts()).isEqualTo(counts());
      sides.assertEqual("a, b, c");
    }
  }
}
