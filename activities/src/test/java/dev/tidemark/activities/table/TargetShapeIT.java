package dev.tidemark.activities.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.workflows.table.ModeSpec;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.RowSpec;
import dev.tidemark.workflows.table.ShapeSpec;
import dev.tidemark.workflows.table.TableSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What may become of a target table, and what must not. */
class TargetShapeIT {

  private static final ShapeSpec WIDEN = new ShapeSpec(true, false, Map.of());
  private static final ShapeSpec LOSE = new ShapeSpec(false, true, Map.of());

  private static TableSpec spec(ShapeSpec shape) {
    return TwoSides.spec(100, 2, ModeSpec.FULL, RowSpec.ALL, shape);
  }

  private static TwoSides sides(TestServer to, ShapeSpec shape) {
    assumeTrue(to.available(), "set TIDEMARK_TEST_MYSQL_URL to run this");
    TwoSides sides = new TwoSides(TestServer.POSTGRESQL, to, spec(shape));
    sides.atSource(
        "CREATE TABLE item (id bigint PRIMARY KEY, code varchar(40) NOT NULL, price numeric(14,4),"
            + " at timestamp, note text)",
        "INSERT INTO item SELECT 3000000000 + i, repeat('x', 30) || i, i + 0.1234,"
            + " timestamp '2026-01-01 00:00:00.123456' + i * interval '1 s', 'note ' || i"
            + " FROM generate_series(1, 300) i");
    return sides;
  }

  /** Narrower in each column, without the last one, and with what people have said of them. */
  private static void narrow(TwoSides sides) {
    sides.atTarget(
        switch (sides.target.type()) {
          case POSTGRESQL ->
              "CREATE TABLE item (id int PRIMARY KEY, code varchar(10) COLLATE \"C\" NOT NULL"
                  + " DEFAULT 'none', price numeric(8,4), at timestamp(0))";
          case MYSQL, MARIADB ->
              "CREATE TABLE item (id int PRIMARY KEY, code varchar(10) COLLATE utf8mb4_unicode_ci"
                  + " NOT NULL DEFAULT 'none' COMMENT 'as printed', price decimal(8,4),"
                  + " at datetime) CHARACTER SET utf8mb4";
        });
  }

  private static List<String> columns(ConnectionConfiguration target) throws Exception {
    return TwoSides.rows(
        target,
        switch (target.type()) {
          case POSTGRESQL ->
              """
              SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, l.collname,
                     pg_get_expr(d.adbin, d.adrelid)
                FROM pg_attribute a
                LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                LEFT JOIN pg_collation l ON l.oid = a.attcollation
               WHERE a.attrelid = 'item'::regclass AND a.attnum > 0 ORDER BY a.attnum""";
          case MYSQL, MARIADB ->
              """
              SELECT column_name, column_type, is_nullable, collation_name,
                     trim(BOTH '''' FROM column_default), column_comment
                FROM information_schema.columns
               WHERE table_schema = database() AND table_name = 'item'
               ORDER BY ordinal_position""";
        });
  }

  @ParameterizedTest
  @EnumSource
  void isWidenedWhereThatIsSafeAndAllowed(TestServer to) throws Exception {
    try (TwoSides sides = sides(to, WIDEN)) {
      narrow(sides);
      sides.copy();
      assertThat(sides.counts()).isEqualTo(new RowCounts(300, 300, 0, 0));
      sides.assertEqual("id, code, price, at, note");
      List<String> columns = columns(sides.target);
      if (to == TestServer.POSTGRESQL) {
        assertThat(columns)
            .containsExactly(
                "id|bigint|t|null|null",
                "code|character varying(40)|t|C|'none'::character varying",
                "price|numeric(14,4)|f|null|null",
                "at|timestamp without time zone|f|null|null",
                "note|text|f|default|null");
      } else {
        String display = to == TestServer.MARIADB ? "(20)" : "";
        assertThat(columns.subList(0, 4))
            .containsExactly(
                "id|bigint" + display + "|NO|null|null|",
                "code|varchar(40)|NO|utf8mb4_unicode_ci|none|as printed",
                "price|decimal(14,4)|YES|null|"
                    + (to == TestServer.MARIADB ? "NULL" : "null")
                    + "|",
                "at|datetime(6)|YES|null|" + (to == TestServer.MARIADB ? "NULL" : "null") + "|");
        assertThat(columns.getLast()).startsWith("note|longtext|YES");
      }
      sides.newPass("second");
      sides.copy();
      assertThat(sides.counts()).isEqualTo(new RowCounts(300, 0, 0, 300));
    }
  }

  @ParameterizedTest
  @EnumSource
  void staysAsItIsUnlessAllowed(TestServer to) throws Exception {
    try (TwoSides sides = sides(to, ShapeSpec.STRICT)) {
      narrow(sides);
      List<String> before = columns(sides.target);
      assertThatThrownBy(sides::copy)
          .isInstanceOf(SyncException.class)
          .hasMessageContaining("column note (text) is missing")
          .hasMessageContaining("would lose fractions of seconds");
      assertThat(columns(sides.target)).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @EnumSource
  void losesNothingUnlessThatIsAllowed(TestServer to) throws Exception {
    try (TwoSides sides = sides(to, ShapeSpec.STRICT)) {
      sides.atTarget(
          to == TestServer.POSTGRESQL
              ? "CREATE TABLE item (id bigint PRIMARY KEY, code varchar(40), price numeric(12,2),"
                  + " at timestamp(0), note text)"
              : "CREATE TABLE item (id bigint PRIMARY KEY, code varchar(40), price decimal(12,2),"
                  + " at datetime, note text) CHARACTER SET utf8mb4");
      assertThatThrownBy(sides::copy)
          .isInstanceOfSatisfying(
              SyncException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.COLUMN_MISMATCH);
                assertThat(e.remedy()).contains("lossy: allow");
              })
          .hasMessageContaining("column price (numeric(14,4)) would lose fractions")
          .hasMessageContaining("would lose fractions of seconds");
      assertThat(TwoSides.rows(sides.target, "SELECT count(*) FROM item")).containsExactly("0");
      sides.spec = spec(LOSE);
      sides.copy();
      assertThat(sides.counts()).isEqualTo(new RowCounts(300, 300, 0, 0));
      assertThat(TwoSides.rows(sides.target, "SELECT price FROM item WHERE id = 3000000007"))
          .containsExactly("7.12");
      sides.assertEqual("id, code, note");
      sides.newPass("second");
      sides.copy();
      assertThat(sides.counts().read()).isEqualTo(300);
      assertThat(sides.counts().inserted()).isZero();
    }
  }

  /** Two keys that differ might become one. */
  @ParameterizedTest
  @EnumSource
  void neverLosesOfAKey(TestServer to) throws Exception {
    try (TwoSides sides = new TwoSides(TestServer.POSTGRESQL, to, spec(LOSE))) {
      assumeTrue(to.available());
      sides.atSource("CREATE TABLE item (id numeric(10,3) PRIMARY KEY)");
      sides.atTarget("CREATE TABLE item (id decimal(10,1) PRIMARY KEY)");
      assertThatThrownBy(sides::copy)
          .isInstanceOf(SyncException.class)
          .hasMessageContaining("would lose fractions");
    }
  }

  @ParameterizedTest
  @EnumSource
  void isMadeWithTheTypesThatWereCast(TestServer to) throws Exception {
    Map<String, String> cast = Map.of("PRICE", "decimal(20, 6)", "code", "varchar(60)");
    try (TwoSides sides = sides(to, new ShapeSpec(false, false, cast))) {
      sides.copy();
      assertThat(columns(sides.target))
          .anyMatch(column -> column.matches("price\\|(decimal|numeric)\\(20,6\\)\\|.*"))
          .anyMatch(column -> column.matches("code\\|(varchar|character varying)\\(60\\)\\|.*"));
      assertThat(TwoSides.rows(sides.target, "SELECT price FROM item WHERE id = 3000000007"))
          .containsExactly("7.123400");
      sides.newPass("second");
      sides.copy();
      assertThat(sides.counts()).isEqualTo(new RowCounts(300, 0, 0, 300));
    }
  }

  @ParameterizedTest
  @EnumSource
  void castsToAnotherKindOfTypeOnlyWhereALossIsAllowed(TestServer to) throws Exception {
    Map<String, String> cast = Map.of("price", to == TestServer.POSTGRESQL ? "int" : "integer");
    try (TwoSides sides = sides(to, new ShapeSpec(false, false, cast))) {
      assertThatThrownBy(sides::copy)
          .isInstanceOf(SyncException.class)
          .hasMessageContaining("column price (numeric(14,4)) would lose fractions");
      sides.atSource("ALTER TABLE item ALTER price TYPE numeric(14,0)");
      sides.copy();
      assertThat(TwoSides.rows(sides.target, "SELECT price FROM item WHERE id = 3000000007"))
          .containsExactly("7");
    }
  }

  @ParameterizedTest
  @EnumSource
  void isNotMadeWithWhatIsNoType(TestServer to) throws Exception {
    try (TwoSides sides = sides(to, new ShapeSpec(false, false, Map.of("price", "dezimal")))) {
      assertThatThrownBy(sides::copy)
          .isInstanceOfSatisfying(
              SyncException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TYPE_UNSUPPORTED))
          .hasMessageContaining("casting column price to dezimal");
      sides.spec = spec(new ShapeSpec(false, false, Map.of("prise", "int")));
      assertThatThrownBy(sides::copy).hasMessageContaining("No column prise");
      assertThat(tables(sides.target)).doesNotContain("item", "tidemark_type");
    }
  }

  private static List<String> tables(ConnectionConfiguration target) throws Exception {
    return TwoSides.rows(
        target,
        "SELECT table_name FROM information_schema.tables WHERE table_schema = "
            + (target.type() == DatabaseType.POSTGRESQL ? "'public'" : "database()"));
  }
}
