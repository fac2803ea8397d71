package dev.tidemark.connect.target;

import dev.tidemark.connect.connection.LongStatements;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.TableDesign;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
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
   * @param policy what may be done to the table, and lost
   * @throws SyncException TARGET_TABLE_MISSING, or COLUMN_MISMATCH that lists everything that does
   *     not fit
   */
  public static TableShape ensure(
      Connection session, Dialect dialect, String schema, TableMapping mapping, TargetPolicy policy)
      throws SQLException {
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
    TargetPlan plan = TargetPlan.of(session, dialect, schema, mapping, policy, design);
    if (plan.shape().isEmpty()) {
      throw new SyncException(
          ErrorCode.TARGET_TABLE_MISSING,
          "There is no table " + schema + "." + mapping.targetTable() + " in the target.",
          Failures.remedy(ErrorCode.TARGET_TABLE_MISSING));
    }
    refuse(plan.problems(), schema, mapping);
    if (plan.existing().isPresent() && plan.changes().isEmpty()) {
      return plan.existing().get();
    }
    List<String> failures = changed(session, dialect, schema, mapping, plan);
    Optional<TableShape> found = dialect.describe(session, schema, mapping.targetTable());
    TableShape target =
        found.orElseThrow(
            () ->
                new IllegalStateException(mapping.targetTable() + " vanished after its creation"));
    List<String> problems =
        new ArrayList<>(TypeReport.of(mapping, dialect, found).problems(policy));
    dialect.refusal(session, target).ifPresent(problems::add);
    if (!problems.isEmpty()) {
      problems.addAll(failures);
    }
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

  private static boolean isPassing(SQLException error) {
    ErrorCode code = Failures.classify(error);
    return code.retryable() && code != ErrorCode.UNCLASSIFIED;
  }

  /**
   * Does what is planned. What the database refuses is left: whether rows can be written all the
   * same is seen afterwards.
   *
   * @return what was refused, in words
   */
  private static List<String> changed(
      Connection session, Dialect dialect, String schema, TableMapping mapping, TargetPlan plan)
      throws SQLException {
    // A type may be widened by writing the table anew.
    return LongStatements.run(session, () -> change(session, dialect, schema, mapping, plan));
  }

  private static List<String> change(
      Connection session, Dialect dialect, String schema, TableMapping mapping, TargetPlan plan)
      throws SQLException {
    List<String> failures = new ArrayList<>();
    try (Statement statement = session.createStatement()) {
      for (TargetChange change : plan.changes()) {
        try {
          statement.execute(change.statement());
          log.info("{}.{}: {}.", schema, mapping.targetTable(), change.words());
        } catch (SQLException e) {
          // Two branches may create or widen one table at once.
          if (plan.existing().isEmpty()) {
            if (dialect.describe(session, schema, mapping.targetTable()).isEmpty()) {
              throw e;
            }
          } else if (isPassing(e)) {
            throw e;
          } else {
            log.warn("{}.{}: not {}", schema, mapping.targetTable(), change.words(), e);
            failures.add(Failures.explain("trying: " + change.words(), e).getMessage());
          }
        }
      }
    }
    return failures;
  }
}
