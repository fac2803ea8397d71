package dev.tidemark.connect.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.dialect.Dialects;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.type.ColumnKind;
import dev.tidemark.connect.type.ColumnType;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TableMappingTest {

  private static final TableShape ORDERS =
      new TableShape(
          "public",
          "c_order",
          List.of(column("c_order_id"), column("documentno"), column("secret")),
          List.of("c_order_id"),
          0);

  private static Column column(String name) {
    return new Column(name, ColumnType.of(ColumnKind.TEXT, "text"), name.equals("secret"), false);
  }

  private static ColumnChoice choice(
      List<String> key, List<String> include, List<String> exclude, Map<String, String> rename) {
    return new ColumnChoice(key, include, exclude, rename, Map.of("branch", "lmp"));
  }

  @Test
  void takesEverythingAndPutsConstantsIntoTheKey() {
    TableMapping mapping =
        TableMapping.of(
            ORDERS,
            "orders",
            choice(List.of(), List.of(), List.of("SECRET"), Map.of("documentno", "number")));
    assertThat(mapping.targetColumns()).containsExactly("branch", "c_order_id", "number");
    assertThat(mapping.targetKey()).containsExactly("branch", "c_order_id");
    assertThat(mapping.slice()).isEqualTo("branch=lmp");
  }

  /**
   * Targets keep it: another spelling would start every pass over that an earlier version began.
   */
  @Test
  void isSpelledInTargetsAsItWasByEarlierVersions() {
    TableMapping mapping =
        TableMapping.of(
            ORDERS,
            "orders",
            new ColumnChoice(
                List.of(),
                List.of(),
                List.of(),
                Map.of("documentno", "number"),
                Map.of("year", "2026", "branch", "lmp")),
            new RowChoice("x > 1", Map.of("secret", Mask.HASH, "documentno", Mask.REDACT), null));
    assertThat(mapping.specification())
        .isEqualTo(
            """
            c_order_id > c_order_id, documentno > number, secret > secret
            {branch=lmp, year=2026}
            c_order_id
            filter x > 1, masks {documentno=REDACT, secret=HASH}""");
    assertThat(
            TableMapping.of(
                    ORDERS,
                    "orders",
                    new ColumnChoice(List.of(), List.of(), List.of(), Map.of(), Map.of()))
                .specification())
        .endsWith("\n{}\nc_order_id\nfilter null, masks {}");
  }

  private static String without(DatabaseType type, Column key, String... values) {
    TableShape table = new TableShape("public", "item", List.of(key), List.of(key.name()), 0);
    Dialect dialect = Dialects.of(type);
    String relation =
        TableMapping.of(
                table,
                "item",
                new ColumnChoice(List.of(), List.of(), List.of(), Map.of(), Map.of()))
            .without(dialect, Stream.of(values).map(List::of).toList())
            .relation(dialect);
    return relation.substring(relation.indexOf("WHERE"));
  }

  /** A database looks up in a list what it would else compare with each row that is read. */
  @Test
  void leavesKeysOutByAListWhereThatComparesAsEachOfThemDoes() {
    Column id = new Column("id", ColumnType.of(ColumnKind.INT32, "int"), false, false);
    assertThat(without(DatabaseType.POSTGRESQL, id, "1", "-2"))
        .contains("NOT (\"id\" IN ('1'::bigint, '-2'::bigint))");
    assertThat(without(DatabaseType.MYSQL, id, "1", "-2")).contains("NOT (`id` IN (1, -2))");
    assertThat(without(DatabaseType.MYSQL, column("name"), "a", "b")).contains("NOT (`name` IN (");
    // It would make the others compare in another character set.
    assertThat(without(DatabaseType.MYSQL, column("name"), "a", "\u0436"))
        .contains(" OR ")
        .doesNotContain(" IN ");
    // One of them is no bigint.
    assertThat(without(DatabaseType.POSTGRESQL, id, "1", "9223372036854775808"))
        .contains(" OR ")
        .doesNotContain(" IN ");
  }

  @Test
  void namesEveryUnknownColumnAtOnce() {
    assertThatThrownBy(
            () ->
                TableMapping.of(
                    ORDERS,
                    "orders",
                    choice(List.of("x"), List.of("y"), List.of("z"), Map.of("w", "v"))))
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.COLUMN_NOT_FOUND))
        .hasMessage("Table public.c_order has no column w, x, y, z.");
  }

  @Test
  void refusesAKeyThatIsLeftOutAndATableWithoutOne() {
    assertThatThrownBy(
            () ->
                TableMapping.of(
                    ORDERS,
                    "orders",
                    choice(List.of(), List.of("documentno"), List.of(), Map.of())))
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NO_KEY));
    TableShape keyless = new TableShape("public", "log", List.of(column("line")), List.of(), 0);
    assertThatThrownBy(() -> TableMapping.of(keyless, "log", ColumnChoice.ALL))
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NO_KEY));
  }

  @Test
  void refusesAKeyThatTakesNull() {
    assertThatThrownBy(
            () ->
                TableMapping.of(
                    ORDERS, "orders", choice(List.of("secret"), List.of(), List.of(), Map.of())))
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NO_KEY))
        .hasMessage("Key column secret of public.c_order takes NULL.");
  }

  @Test
  void refusesColumnsThatCannotBeCopied() {
    TableShape map =
        new TableShape(
            "shop",
            "place",
            List.of(
                column("id"),
                new Column("spot", ColumnType.of(ColumnKind.UNSUPPORTED, "point"), true, false)),
            List.of("id"),
            0);
    assertThatThrownBy(() -> TableMapping.of(map, "place", ColumnChoice.ALL))
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TYPE_UNSUPPORTED))
        .hasMessageContaining("spot (point)");
  }

  @Test
  void refusesAConstantOfTheNameOfAColumn() {
    ColumnChoice clash =
        new ColumnChoice(List.of(), List.of(), List.of(), Map.of(), Map.of("Secret", "x"));
    assertThatThrownBy(() -> TableMapping.of(ORDERS, "orders", clash))
        .hasMessage("Column secret of public.c_order is also a constant.");
  }

  @Test
  void tellsSlicesApartWhateverTheirValues() {
    assertThat(SliceName.of(Map.of("b", "2", "a", "1&b=2"))).isEqualTo("a=1%26b%3D2&b=2");
    assertThat(SliceName.of(Map.of())).isEmpty();
  }
}
