package dev.tidemark.activities.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.connect.server.TestServer;
import dev.tidemark.workflows.table.ModeSpec;
import dev.tidemark.workflows.table.RowSpec;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that a pass leaves alone, since people have decided about them. */
class DecidedRowsIT {

  @ParameterizedTest
  @EnumSource
  void moreThanAPassLeavesAloneAreCopiedAndSaid(TestServer to) throws Exception {
    try (TwoSides sides =
        new TwoSides(
            TestServer.POSTGRESQL,
            to,
            TwoSides.spec(0, 1, ModeSpec.FULL, new RowSpec(null, Map.of(), 10)))) {
      sides.atSource(
          "CREATE TABLE item (id int PRIMARY KEY, note text)",
          "INSERT INTO item SELECT i, 'note ' || i FROM generate_series(1, 1100) i",
          "UPDATE item SET note = 'a note that is too long' WHERE id = 1");
      sides.atTarget("CREATE TABLE item (id int PRIMARY KEY, note varchar(10))");
      sides.copy();
      assertThat(sides.report.remarks()).isEmpty();
      sides.atTarget(
          "INSERT INTO tidemark_dead_letter (id, table_name, slice, source, pass, row_key,"
              + " row_values, code, reason, state, attempts, seen, task)"
              + " SELECT concat('x', 10000 + i.id), l.table_name, l.slice, l.source, l.pass,"
              + " concat('{\"id\":\"', i.id, '\"}'),"
              + " concat('{\"id\":\"', i.id, '\",\"note\":\"', i.note, '\"}'),"
              + " l.code, l.reason, 'discarded', 1, 0, l.task"
              + " FROM tidemark_dead_letter l, item i WHERE i.id BETWEEN 10 AND 1014",
          "DELETE FROM item WHERE id BETWEEN 10 AND 1014");
      sides.newPass("second");
      sides.copy();
      assertThat(
              TwoSides.rows(
                  sides.target, "SELECT min(id), count(*) FROM item WHERE id BETWEEN 10 AND 1014"))
          .containsExactly("1010|5");
      assertThat(sides.counts().decided()).isEqualTo(1000);
      assertThat(sides.report.remarks())
          .containsExactly(
              "5 rows about which people have decided are copied as the source has them:"
                  + " a pass leaves the first 1000 of a slice alone");
    }
  }
}
