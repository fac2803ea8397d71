package dev.tidemark.connect.target;

import dev.tidemark.connect.table.Column;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.MappedColumn;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.connect.type.ColumnKind;
import dev.tidemark.connect.type.ColumnType;
import dev.tidemark.connect.type.MysqlTypes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What has to become of a target table before rows are written to it. A run does what the plan
 * says, and nothing else.
 *
 * @param existing the table as it is; empty when it is missing
 * @param shape the table as it would be; empty when it is missing and must not be made
 * @param changes what would be done to it, in this order
 * @param report what becomes of each column then
 * @param problems why its rows could not be written even then, each in words
 * @param mendable target columns that widening the table would mend, which the policy forbids
 */
public record TargetPlan(
    Optional<TableShape> existing,
    Optional<TableShape> shape,
    List<TargetChange> changes,
    TypeReport report,
    List<String> problems,
    List<String> mendable) {

  public TargetPlan {
    Objects.requireNonNull(existing, "existing");
    Objects.requireNonNull(shape, "shape");
    changes = List.copyOf(changes);
    Objects.requireNonNull(report, "report");
    problems = List.copyOf(problems);
    mendable = List.copyOf(mendable);
  }

  /**
   * Looks at the target, and changes nothing.
   *
   * @param policy what may be done to the table, and lost
   * @param design of the source's table; read only where the target's is to be made
   */
  public static TargetPlan of(
      Connection session,
      Dialect dialect,
      String schema,
      TableMapping mapping,
      TargetPolicy policy,
      TargetTables.Design design)
      throws SQLException {
    Optional<TableShape> found = dialect.describe(session, schema, mapping.targetTable());
    return found.isPresent()
        ? ofExisting(session, dialect, mapping, policy, found.get())
        : ofMissing(dialect, schema, mapping, policy, design);
  }

  private static TargetPlan ofMissing(
      Dialect dialect,
      String schema,
      TableMapping mapping,
      TargetPolicy policy,
      TargetTables.Design design)
      throws SQLException {
    TypeReport report = TypeReport.of(mapping, dialect, Optional.empty());
    TableShape made = created(dialect, schema, mapping);
    List<String> problems = new ArrayList<>(report.problems(policy));
    problems.addAll(withoutIndex(mapping, made));
    List<TargetChange> changes = new ArrayList<>();
    if (policy.create() && problems.isEmpty()) {
      for (String statement : dialect.createTable(schema, mapping, design.read())) {
        changes.add(new TargetChange("creates the table", statement));
      }
    }
    return new TargetPlan(
        Optional.empty(),
        policy.create() ? Optional.of(made) : Optional.empty(),
        changes,
        report,
        problems,
        List.of());
  }

  /** Key columns by which no row could be found. */
  private static List<String> withoutIndex(TableMapping mapping, TableShape shape) {
    return mapping.targetKey().stream()
        .flatMap(name -> shape.column(name).stream())
        .filter(column -> column.type().isIndexedInPart())
        .map(
            column ->
                "key column %s is %s, of which MySQL and MariaDB index the beginning at most: make it a varchar"
                    .formatted(column.name(), column.type().nativeName()))
        .toList();
  }

  /** What the table that would be made looks like. */
  private static TableShape created(Dialect dialect, String schema, TableMapping mapping) {
    List<Column> columns = new ArrayList<>();
    mapping
        .constants()
        .forEach(
            (name, value) -> {
              int length = Math.max(MysqlTypes.CONSTANT_CHARACTERS, value.length());
              ColumnType type =
                  ColumnType.sized(ColumnKind.TEXT, length, "varchar(" + length + ")");
              columns.add(new Column(name, type, false, false));
            });
    for (MappedColumn column : mapping.columns()) {
      columns.add(
          new Column(
              column.target(),
              dialect.created(mapping, column),
              column.source().nullable(),
              false));
    }
    return new TableShape(schema, mapping.targetTable(), columns, mapping.targetKey(), 0);
  }

  private static TargetPlan ofExisting(
      Connection session,
      Dialect dialect,
      TableMapping mapping,
      TargetPolicy policy,
      TableShape found)
      throws SQLException {
    List<Column> columns = new ArrayList<>(found.columns());
    List<TargetChange> changes = new ArrayList<>();
    List<String> mendable = new ArrayList<>();
    for (MappedColumn column : mapping.columns()) {
      Optional<Change> change = change(session, dialect, mapping, column, found);
      if (change.isEmpty()) {
        continue;
      }
      if (!policy.widen()) {
        mendable.add(column.target());
        continue;
      }
      changes.add(change.get().change());
      found.column(column.target()).ifPresent(columns::remove);
      columns.add(change.get().after());
    }
    TableShape shape =
        new TableShape(found.schema(), found.name(), columns, found.key(), found.estimatedRows());
    TypeReport report = TypeReport.of(mapping, dialect, Optional.of(shape));
    List<String> problems = new ArrayList<>(report.problems(policy));
    problems.addAll(withoutIndex(mapping, shape));
    dialect.refusal(session, found).ifPresent(problems::add);
    return new TargetPlan(
        Optional.of(found), Optional.of(shape), changes, report, problems, mendable);
  }

  /** A column that is added or widened, and what it is then. */
  private record Change(TargetChange change, Column after) {}

  private static Optional<Change> change(
      Connection session,
      Dialect dialect,
      TableMapping mapping,
      MappedColumn column,
      TableShape found)
      throws SQLException {
    ColumnType created = dialect.created(mapping, column);
    Optional<Column> there = found.column(column.target());
    if (there.isEmpty()) {
      return mapping.sourceKey().contains(column)
          ? Optional.empty()
          : Optional.of(
              new Change(
                  new TargetChange(
                      "adds column " + column.target() + " (" + created.nativeName() + ")",
                      dialect.addColumn(found, mapping, column)),
                  new Column(column.target(), created, true, false)));
    }
    Column now = there.get();
    Optional<ColumnType> wider = Widening.of(column.source().type(), now, created);
    if (wider.isEmpty()) {
      return Optional.empty();
    }
    Column after =
        new Column(
            now.name(),
            wider.get(),
            now.nullable(),
            now.generated(),
            now.folding(),
            now.ordering(),
            now.counts());
    String words =
        "widens column %s from %s to %s"
            .formatted(now.name(), now.type().nativeName(), wider.get().nativeName());
    return dialect
        .widenColumn(session, found, now, wider.get())
        .map(statement -> new Change(new TargetChange(words, statement), after));
  }
}
