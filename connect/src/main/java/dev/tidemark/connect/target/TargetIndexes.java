package dev.tidemark.connect.target;

import dev.tidemark.connect.connection.LongStatements;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.MappedColumn;
import dev.tidemark.connect.table.TableDesign;
import dev.tidemark.connect.table.TableIndex;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the source's indexes in a table that Tidemark made, once its rows are in. Called again
 * after a crash, it goes on where it stopped.
 */
public final class TargetIndexes {

  private static final Logger log = LoggerFactory.getLogger(TargetIndexes.class);
  private static final int SECONDS_FOR_AN_ANSWER = 5;

  private final Connection session;
  private final Dialect dialect;
  private final TableShape target;
  private final boolean shared;
  private final Set<String> masked;

  private TargetIndexes(
      Connection session, Dialect dialect, TableShape target, TableMapping mapping) {
    this.session = session;
    this.dialect = dialect;
    this.target = target;
    // Of several slices, others may be loaded meanwhile.
    this.shared = !mapping.constants().isEmpty();
    this.masked =
        mapping.columns().stream()
            .filter(column -> mapping.rows().masks().containsKey(column.source().name()))
            .map(MappedColumn::target)
            .collect(Collectors.toSet());
  }

  /**
   * How it ended.
   *
   * @param stopped whether it was told to stop before the last one
   * @param done whether there is nothing left to try
   * @param remarks what was left out and why, each in words
   */
  public record Outcome(boolean stopped, boolean done, List<String> remarks) {
    public Outcome {
      remarks = List.copyOf(remarks);
    }
  }

  /**
   * Makes those that are not there yet. What one index is refused for, keeps no other from being
   * made.
   *
   * @param session in auto-commit mode
   * @param design of the source's table
   * @param goOn asked before each index, with its name
   * @throws SQLException when the session is lost
   */
  public static Outcome add(
      Connection session,
      Dialect dialect,
      TableShape target,
      TableMapping mapping,
      TableDesign design,
      Predicate<String> goOn)
      throws SQLException {
    return new TargetIndexes(session, dialect, target, mapping)
        .add(IndexPlan.of(mapping, target, design, dialect), goOn);
  }

  private Outcome add(IndexPlan plan, Predicate<String> goOn) throws SQLException {
    List<String> remarks = new ArrayList<>();
    if (!plan.leftOut().isEmpty()) {
      remarks.add(
          "Left out, since only the source's database knows how: "
              + String.join(", ", plan.leftOut()));
    }
    plan.weaker().ifPresent(remarks::add);
    return LongStatements.run(session, () -> make(plan.indexes(), goOn, remarks));
  }

  private Outcome make(List<TableIndex> indexes, Predicate<String> goOn, List<String> remarks)
      throws SQLException {
    boolean done = true;
    for (TableIndex index : indexes) {
      if (isThere(index)) {
        continue;
      }
      if (!goOn.test(index.name())) {
        return new Outcome(true, false, remarks);
      }
      done &= make(index, remarks);
    }
    return new Outcome(false, done, remarks);
  }

  /** Whether it is there, or can never be. */
  private boolean make(TableIndex index, List<String> remarks) throws SQLException {
    try {
      dialect.removeUnfinished(session, target, index);
      try (Statement statement = session.createStatement()) {
        statement.execute(dialect.addIndex(target, index, shared));
      }
      return true;
    } catch (SQLException e) {
      if (!session.isValid(SECONDS_FOR_AN_ANSWER)) {
        throw e;
      }
      if (isThere(index)) {
        return true;
      }
      String place = target.schema() + "." + target.name();
      log.warn("Index {} of {} could not be made", index.name(), place, e);
      clean(index);
      ErrorCode code = Failures.classify(e);
      boolean passing =
          (code.retryable() && code != ErrorCode.UNCLASSIFIED)
              || (code == ErrorCode.CONSTRAINT_VIOLATED && mayBeUnique(index));
      remarks.add(
          Failures.explain("making index " + index.name() + " of " + place, e).getMessage()
              + (passing ? "; the next run tries again" : ""));
      return !passing;
    }
  }

  /**
   * Where a value stood there twice because the source changed meanwhile, the next run mends that;
   * what a mask makes of many values stays one.
   */
  private boolean mayBeUnique(TableIndex index) {
    return index.parts().stream().noneMatch(part -> masked.contains(part.column()));
  }

  private void clean(TableIndex index) throws SQLException {
    try {
      dialect.removeUnfinished(session, target, index);
    } catch (SQLException e) {
      if (!session.isValid(SECONDS_FOR_AN_ANSWER)) {
        throw e;
      }
      log.warn("What is left of index {} could not be removed", index.name(), e);
    }
  }

  private boolean isThere(TableIndex index) throws SQLException {
    return dialect.design(session, target).indexes().stream().anyMatch(index::sameAs);
  }
}
