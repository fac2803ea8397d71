package dev.tidemark.connect.table;

import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.SyncException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds or creates the table that a mapping writes, and checks that it can hold what is coming. */
public final class TargetTables {

  private TargetTables() {}

  /**
   * The target table of a mapping.
   *
   * @param session in auto-commit mode
   * @param create whether to create a missing table
   * @throws SyncException TARGET_TABLE_MISSING, or COLUMN_MISMATCH that lists everything that does
   *     not fit
   */
  public static TableShape ensure(
      Connection session, Dialect dialect, String schema, TableMapping mapping, boolean create)
      throws SQLException {
    Optional<TableShape> found = dialect.describe(session, schema, mapping.targetTable());
    if (found.isEmpty()) {
      if (!create) {
        throw new SyncException(
            ErrorCode.TARGET_TABLE_MISSING,
            "There is no table " + schema + "." + mapping.targetTable() + " in the target.",
            Failures.remedy(ErrorCode.TARGET_TABLE_MISSING));
      }
      found = create(session, dialect, schema, mapping);
    }
    TableShape target =
        found.orElseThrow(
            () ->
                new IllegalStateException(mapping.targetTable() + " vanished after its creation"));
    List<String> problems = problems(mapping, target);
    dialect.refusal(session, target).ifPresent(problems::add);
    if (!problems.isEmpty()) {
      throw new SyncException(
          ErrorCode.COLUMN_MISMATCH,
          "Table "
              + schema
              + "."
              + target.name()
              + " cannot take the rows of "
              + mapping.source().schema()
              + "."
              + mapping.source().name()
              + ": "
              + String.join("; ", problems)
              + ".",
          Failures.remedy(ErrorCode.COLUMN_MISMATCH));
    }
    return target;
  }

  private static Optional<TableShape> create(
      Connection session, Dialect dialect, String schema, TableMapping mapping)
      throws SQLException {
    try (Statement statement = session.createStatement()) {
      statement.execute(dialect.createTable(schema, mapping));
    } catch (SQLException e) {
      // Two branches may create one table at once; PostgreSQL's IF NOT EXISTS fails then.
      if (dialect.describe(session, schema, mapping.targetTable()).isEmpty()) {
        throw e;
      }
    }
    return dialect.describe(session, schema, mapping.targetTable());
  }

  private static List<String> problems(TableMapping mapping, TableShape target) {
    List<String> problems = new ArrayList<>();
    for (String constant : mapping.constants().keySet()) {
      if (target.column(constant).isEmpty()) {
        problems.add("constant column " + constant + " is missing");
      }
    }
    for (MappedColumn column : mapping.columns()) {
      Optional<Column> there = target.column(column.target());
      if (there.isEmpty()) {
        problems.add(
            "column "
                + column.target()
                + " ("
                + column.source().type().nativeName()
                + ") is missing");
      } else if (there.get().generated()) {
        problems.add("column " + column.target() + " is computed by the target");
      } else {
        String loss = SilentLoss.of(column.source().type(), there.get().type());
        if (loss != null) {
          problems.add(
              String.format(
                  Locale.ROOT,
                  "column %s (%s) would lose %s as %s",
                  column.target(),
                  column.source().type().nativeName(),
                  loss,
                  there.get().type().nativeName()));
        }
      }
    }
    return problems;
  }
}
