package dev.tidemark.activities.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.workflows.table.Deletes;
import dev.tidemark.workflows.table.ModeSpec;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.SyncMode;
import dev.tidemark.workflows.table.TableSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A server whose {@code local_infile} is off. It is the one that this process alone has: others may
 * load into the real one meanwhile.
 */
class WithoutLoadIT {

  private static final TestServer SERVER = TestServer.MARIADB;

  @BeforeEach
  void forbid() {
    SERVER.execute("SET GLOBAL local_infile = OFF");
  }

  @AfterEach
  void allow() {
    SERVER.execute("SET GLOBAL local_infile = ON");
  }

  private static TwoSides sides() {
    TwoSides sides = new TwoSides(TestServer.POSTGRESQL, SERVER, TableSpec.DEFAULT);
    sides.atSource(
        "CREATE TABLE item (id int PRIMARY KEY, note varchar(40), data bytea, amount numeric(20,5))",
        "INSERT INTO item SELECT i, 'it''s ' || i, decode(to_hex(i + 4096), 'hex'), i / 7.0"
            + " FROM generate_series(1, 20000) i");
    return sides;
  }

  private static void assertEqual(TwoSides sides) throws Exception {
    sides.assertEqual("id, note, amount");
    assertThat(TwoSides.rows(sides.target, "SELECT lower(hex(data)) FROM item ORDER BY id"))
        .isEqualTo(TwoSides.rows(sides.source, "SELECT encode(data, 'hex') FROM item ORDER BY id"));
  }

  @Test
  void copiesAllTheSameAndSaysSo() throws Exception {
    try (TwoSides sides = sides()) {
      sides.copy();
      assertThat(sides.counts()).isEqualTo(new RowCounts(20_000, 20_000, 0, 0));
      assertThat(sides.report.remarks())
          .singleElement(STRING)
          .contains("INSERT", "SET GLOBAL local_infile = ON");
      assertEqual(sides);

      sides.atSource("UPDATE item SET note = 'changed' WHERE id % 100 = 0");
      sides.newPass("second");
      sides.copy();
      assertThat(sides.counts()).isEqualTo(new RowCounts(20_000, 0, 200, 19_800));

      sides.atSource("UPDATE item SET note = 'once more' WHERE id % 1000 = 0");
      sides.newPass("third");
      sides.spec = TableSpec.DEFAULT.in(new ModeSpec(SyncMode.DIFF, null, Deletes.HARD, null));
      sides.copy();
      assertThat(sides.counts().updated()).isEqualTo(20);
      assertThat(sides.report.remarks()).singleElement(STRING).contains("INSERT");
      assertEqual(sides);
    }
  }

  @Test
  void namesTheRowThatDoesNotFit() throws Exception {
    try (TwoSides sides = sides()) {
      sides.copy();
      sides.atSource(
          "ALTER TABLE item ALTER note TYPE varchar(100)",
          "UPDATE item SET note = repeat('x', 90) WHERE id = 12345");
      sides.newPass("second");
      assertThatThrownBy(sides::copy)
          .isInstanceOfSatisfying(
              SyncException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.VALUE_DOES_NOT_FIT);
                assertThat(e).hasMessageContaining("id=12345");
              });
    }
  }
}
