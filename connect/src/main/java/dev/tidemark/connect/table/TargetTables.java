package dev.tidemark.connect.table;

import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.SyncException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds or creates the table that a mapping writes, and checks that it can hold what is coming. */
public final class TargetTables {

  private static final Logger log = LoggerFactory.getLogger(TargetTables.class);

  private TargetTables() {}

  /** What the source's table has beside its columns; read only where the target's is made. */
  @FunctionalInterface
  public interface Design {
    /** Reads it. */
    TableDesign read() throws SQLException;
  }

  /**
   * The target table of a mapping, as it is or with nothing but columns and key.
   *
   * @param session in auto-commit mode
   * @param create whether to create a missing table
   * @throws SyncException TARGET_TABLE_MISSING, or COLUMN_MISMATCH that lists everything that does
   *     not fit
   */
  public static TableShape ensure(
      Connection session, Dialect dialect, String schema, TableMapping mapping, boolean create)
      throws SQLException {
    TargetPolicy policy = create ? TargetPolicy.CREATE : TargetPolicy.STRICT;
    return ensure(session, dialect, schema, mapping, policy, () -> TableDesign.PLAIN);
  }

  /**
   * The target table of a mapping.
   *
   * @param session in auto-commit mode
   * @param policy what may be done to the table, and lost
   * @param design of the source's table, for comments and defaults of a new one
   * @throws SyncException TARGET_TABLE_MISSING, or COLUMN_MISMATCH that lists everything that does
   *     not fit
   */
  public static TableShape ensure(
      Connection session,
      Dialect dialect,
      String schema,
      TableMapping mapping,
      TargetPolicy policy,
      Design design)
      throws SQLException {
    Optional<TableShape> found = dialect.describe(session, schema, mapping.targetTable());
    if (found.isEmpty()) {
      if (!policy.create()) {
        throw new SyncException(
            ErrorCode.TARGET_TABLE_MISSING,
            "There is no table " + schema + "." + mapping.targetTable() + " in the target.",
            Failures.remedy(ErrorCode.TARGET_TABLE_MISSING));
      }
      refuse(TypeReport.of(mapping, dialect, found).problems(policy), schema, mapping);
      found = create(session, dialect, schema, mapping, design.read());
    } else if (policy.widen()) {
      found = widened(session, dialect, mapping, found.get());
    }
    TableShape target =
        found.orElseThrow(
            () ->
                new IllegalStateException(mapping.targetTable() + " vanished after its creation"));
    List<String> problems =
        new ArrayList<>(TypeReport.of(mapping, dialect, found).problems(policy));
    dialect.refusal(session, target).ifPresent(problems::add);
    refuse(problems, schema, mapping);
    return target;
  }

  private static void refuse(List<String> problems, String schema, TableMapping mapping) {
    if (!problems.isEmpty()) {
      throw new SyncException(
          ErrorCode.COLUMN_MISMATCH,
          "Table "
              + schema
              + "."
              + mapping.targetTable()
              + " cannot take the rows of "
              + mapping.source().schema()
              + "."
              + mapping.source().name()
              + ": "
              + String.join("; ", problems)
              + ".",
          Failures.remedy(ErrorCode.COLUMN_MISMATCH));
    }
  }

  private static Optional<TableShape> create(
      Connection session, Dialect dialect, String schema, TableMapping mapping, TableDesign design)
      throws SQLException {
    try (Statement statement = session.createStatement()) {
      for (String sql : dialect.createTable(schema, mapping, design)) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      // Two branches may create one table at once; PostgreSQL's IF NOT EXISTS fails then.
      if (dialect.describe(session, schema, mapping.targetTable()).isEmpty()) {
        throw e;
      }
    }
    return dialect.describe(session, schema, mapping.targetTable());
  }

  private static Optional<TableShape> widened(
      Connection session, Dialect dialect, TableMapping mapping, TableShape target)
      throws SQLException {
    boolean added = false;
    for (MappedColumn column : mapping.columns()) {
      if (target.column(column.target()).isPresent() || mapping.sourceKey().contains(column)) {
        continue;
      }
      try (Statement statement = session.createStatement()) {
        statement.execute(dialect.addColumn(target, mapping, column));
        log.info("Added column {} to {}.{}.", column.target(), target.schema(), target.name());
      } catch (SQLException e) {
        // Another branch may have added it meanwhile.
        boolean there =
            dialect
                .describe(session, target.schema(), target.name())
                .flatMap(shape -> shape.column(column.target()))
                .isPresent();
        if (!there) {
          throw e;
        }
      }
      added = true;
    }
    return added ? dialect.describe(session, target.schema(), target.name()) : Optional.of(target);
  }

  /**
   * Makes the source's indexes in the target's table, those that are not there yet: called again
   * after a crash, it goes on where it stopped. To be called when the rows are in.
   *
   * @param session in auto-commit mode
   * @param design of the source's table
   * @return what was left out, since only the source's database can do it; each in words
   */
  public static List<String> addIndexes(
      Connection session,
      Dialect dialect,
      TableShape target,
      TableMapping mapping,
      TableDesign design)
      throws SQLException {
    IndexPlan plan = IndexPlan.of(mapping, target, design, dialect);
    for (TableIndex index : plan.indexes()) {
      if (isThere(session, dialect, target, index)) {
        continue;
      }
      try (Statement statement = session.createStatement()) {
        statement.execute(dialect.addIndex(target, index));
      } catch (SQLException e) {
        // Another branch may have made it meanwhile.
        if (!isThere(session, dialect, target, index)) {
          throw e;
        }
      }
    }
    return plan.leftOut();
  }

  private static boolean isThere(
      Connection session, Dialect dialect, TableShape target, TableIndex index)
      throws SQLException {
    return dialect.design(session, target).indexes().stream().anyMatch(index::sameAs);
  }
}
