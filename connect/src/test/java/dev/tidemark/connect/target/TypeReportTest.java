package dev.tidemark.connect.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.dialect.Dialects;
import dev.tidemark.connect.table.Column;
import dev.tidemark.connect.table.ColumnChoice;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.connect.type.ColumnKind;
import dev.tidemark.connect.type.ColumnType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TypeReportTest {

  private static final Dialect MYSQL = Dialects.of(DatabaseType.MYSQL);
  private static final TargetPolicy LOSING = new TargetPolicy(false, false, true);
  private static final TargetPolicy WIDENING = new TargetPolicy(false, true, false);

  private static final TableMapping ITEMS =
      TableMapping.of(
          new TableShape(
              "public",
              "item",
              List.of(
                  column("id", ColumnType.of(ColumnKind.INT32, "integer"), false),
                  column("price", ColumnType.of(ColumnKind.DECIMAL, "numeric"), false),
                  column("seen", ColumnType.exact(ColumnKind.TIMESTAMP, 6, 0, "timestamp"), false),
                  column("icon", ColumnType.of(ColumnKind.BYTES, "bytea"), false)),
              List.of("id"),
              0),
          "item",
          new ColumnChoice(
              List.of(), List.of(), List.of(), Map.of("seen", "at"), Map.of("branch", "one")));

  private static Column column(String name, ColumnType type, boolean generated) {
    return new Column(name, type.on(DatabaseType.POSTGRESQL), false, generated);
  }

  private static Column there(String name, ColumnType type, boolean generated) {
    return new Column(name, type.on(DatabaseType.MYSQL), true, generated);
  }

  private static TypeReport report(Column... columns) {
    TableShape table = new TableShape("shop", "item", List.of(columns), List.of("id"), 0);
    return TypeReport.of(ITEMS, MYSQL, Optional.of(table));
  }

  @Test
  void saysWhatAMissingTableWouldBeMadeOf() {
    TypeReport report = TypeReport.of(ITEMS, MYSQL, Optional.empty());
    assertThat(report.lines().stream().map(TypeReport.Line::inWords))
        .containsExactly(
            "id (integer to int): exact",
            "price (numeric to decimal(65,30)): exact; refuses NaN and infinity, numbers of more"
                + " than 35 digits before the point or 30 behind it",
            "seen as at (timestamp to datetime(6)): exact; refuses infinity, years before our era"
                + " and after 9999",
            "icon (bytea to longblob): exact");
    assertThat(report.problems(TargetPolicy.STRICT)).isEmpty();
  }

  @Test
  void namesEverythingThatDoesNotFit() {
    TypeReport report =
        report(
            there("id", ColumnType.of(ColumnKind.INT32, "int"), false),
            there("price", ColumnType.exact(ColumnKind.DECIMAL, 12, 2, "decimal(12,2)"), false),
            there("icon", ColumnType.of(ColumnKind.TEXT, "longtext"), false));
    assertThat(report.problems(TargetPolicy.STRICT))
        .containsExactly(
            "constant column branch is missing",
            "column price (numeric) would lose fractions as decimal(12,2)",
            "column at (timestamp) is missing",
            "column icon (bytea) cannot keep what its values mean as longtext");
    assertThat(report.lines().get(1).inWords())
        .endsWith("; to lose nothing, make the target's column decimal(65,30)");
  }

  @Test
  void takesALossOrAddsAColumnWhereThePolicySaysSo() {
    TypeReport report =
        report(
            there("branch", ColumnType.sized(ColumnKind.TEXT, 20, "varchar(20)"), false),
            there("id", ColumnType.of(ColumnKind.INT32, "int"), false),
            there("price", ColumnType.exact(ColumnKind.DECIMAL, 12, 2, "decimal(12,2)"), false),
            there("icon", ColumnType.of(ColumnKind.BYTES, "longblob"), false));
    assertThat(report.problems(LOSING)).containsExactly("column at (timestamp) is missing");
    assertThat(report.problems(WIDENING))
        .containsExactly("column price (numeric) would lose fractions as decimal(12,2)");
  }

  @Test
  void leavesOutWhatTheTargetComputesUnlessItIsTheKey() {
    TypeReport report =
        report(
            there("branch", ColumnType.sized(ColumnKind.TEXT, 20, "varchar(20)"), false),
            there("id", ColumnType.of(ColumnKind.INT32, "int"), true),
            there("price", ColumnType.exact(ColumnKind.DECIMAL, 65, 30, "decimal(65,30)"), true),
            there("at", ColumnType.exact(ColumnKind.TIMESTAMP, 6, 0, "datetime(6)"), false),
            there("icon", ColumnType.of(ColumnKind.BYTES, "longblob"), false));
    assertThat(report.problems(TargetPolicy.STRICT))
        .containsExactly("key column id is computed by the target");
  }
}
