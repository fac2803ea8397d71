package dev.tidemark.activities.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.TableSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Views of PostgreSQL as sources, by a key that somebody names. */
class ViewIT {

  private static TableSpec key(String... columns) {
    return new TableSpec(null, List.of(columns), List.of(), List.of(), Map.of(), Map.of(), 100);
  }

  private static TwoSides sides(TestServer to) {
    TwoSides sides = new TwoSides(TestServer.POSTGRESQL, to, key("id"));
    sides.atSource(
        "CREATE TABLE item (id int PRIMARY KEY, note text)",
        "INSERT INTO item SELECT i, 'note ' || i FROM generate_series(1, 500) i",
        "CREATE VIEW seen AS SELECT nullif(id, 0) AS id, note FROM item");
    sides.read = "seen";
    return sides;
  }

  @ParameterizedTest
  @EnumSource
  void areCopiedIntoATableWithThatKey(TestServer to) throws Exception {
    try (TwoSides sides = sides(to)) {
      sides.copy();
      sides.assertEqual("id, note");
      sides.atSource("UPDATE item SET note = 'new' WHERE id = 7");
      sides.newPass("second");
      sides.copy();
      assertThat(sides.counts()).isEqualTo(new RowCounts(500, 0, 1, 499));
      sides.assertEqual("id, note");
    }
  }

  /** Such a row is neither before nor behind any other. */
  @ParameterizedTest
  @EnumSource
  void areRefusedWhereARowHasNullInIt(TestServer to) throws Exception {
    try (TwoSides sides = sides(to)) {
      sides.atSource("INSERT INTO item VALUES (0, 'lost')");
      assertThatThrownBy(sides::copy)
          .isInstanceOfSatisfying(
              SyncException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NO_KEY))
          .hasMessageContaining("View public.seen has rows with NULL in its key (id).");
      sides.spec = key();
      assertThatThrownBy(sides::copy).hasMessageContaining("neither a primary key");
    }
  }
}
