package dev.tidemark.activities.verification;

import dev.tidemark.activities.table.LetteredRows;
import dev.tidemark.activities.table.StopDeadline;
import dev.tidemark.activities.table.TargetPolicies;
import dev.tidemark.activities.table.TaskMapping;
import dev.tidemark.connect.checkpoint.SliceKey;
import dev.tidemark.connect.comparison.Comparison;
import dev.tidemark.connect.comparison.Difference;
import dev.tidemark.connect.comparison.Difference.Kind;
import dev.tidemark.connect.comparison.Portion;
import dev.tidemark.connect.comparison.RowSum;
import dev.tidemark.connect.comparison.Side;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.connection.Connections;
import dev.tidemark.connect.connection.Lease;
import dev.tidemark.connect.dialect.Dialects;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.LongValues;
import dev.tidemark.connect.letter.LetterTable;
import dev.tidemark.connect.letter.RowLetter;
import dev.tidemark.connect.letter.RowLetters;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.SourceTable;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.connect.table.ViewKey;
import dev.tidemark.connect.target.TargetTables;
import dev.tidemark.workflows.table.TableTask;
import dev.tidemark.workflows.verification.DifferingKey;
import dev.tidemark.workflows.verification.KeyLetter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares one table from where an earlier attempt stood to its end, or until told to stop. */
final class TableVerification {

  private static final Logger log = LoggerFactory.getLogger(TableVerification.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Names of columns that are told of one key. */
  private static final int MOST_COLUMNS = 20;

  private final Connections connections;
  private final TableTask task;
  private final FindingsReport report;
  private final BooleanSupplier stop;

  /**
   * A verification that has not begun.
   *
   * @param stop whether to leave after the range in flight; asked from several threads
   */
  TableVerification(
      Connections connections, TableTask task, FindingsReport report, BooleanSupplier stop) {
    this.connections = connections;
    this.task = task;
    this.report = report;
    this.stop = stop;
  }

  /** Whether it came to the end of the table. */
  boolean run() throws SQLException, InterruptedException {
    String from = task.source().connection();
    String to = task.targetConnection();
    Optional<Lease> granted = connections.lease(List.of(from, to), stop);
    if (granted.isEmpty()) {
      return false;
    }
    try (Lease lease = granted.get();
        Connection reading = open(lease, from);
        Connection looking = open(lease, to);
        StopDeadline deadline = new StopDeadline(stop, PATIENCE)) {
      deadline.watch(reading);
      deadline.watch(looking);
      try {
        return compare(reading, looking);
      } catch (SQLException | RuntimeException e) {
        if (deadline.passed()) {
          log.warn("{} was cut off in its range, which is compared again later", task.source(), e);
          return false;
        }
        throw e;
      }
    }
  }

  /** Whoever reads the error must see which of the two databases it is about. */
  private static Connection open(Lease lease, String name) {
    try {
      return lease.open(name);
    } catch (SQLException e) {
      throw Failures.explain("connecting to " + name, e);
    }
  }

  private boolean compare(Connection reading, Connection looking)
      throws SQLException, InterruptedException {
    ConnectionConfiguration from = connections.configuration(task.source().connection());
    Dialect source = Dialects.of(from.type());
    ConnectionConfiguration target = connections.configuration(task.targetConnection());
    Dialect writes = Dialects.of(target.type());
    TableMapping mapping = TaskMapping.of(task, from, reading, false);
    ViewKey.check(reading, source, mapping);
    TableShape shape =
        TargetTables.ensure(
            looking, writes, target.schema(), mapping, TargetPolicies.of(task).looking());
    TableMapping compared = mapping.into(shape);
    LetteredRows letters = letters(reading, source, looking, writes, compared, shape);
    if (mapping.sourceKey().isEmpty()) {
      report.wholeRows();
    }
    try (Comparison comparison =
        Comparison.of(
            new Side(reading, source),
            Side.withoutDeleted(
                looking,
                writes,
                Optional.ofNullable(task.spec().mode().deletedColumn())
                    .filter(name -> shape.column(name).isPresent())
                    .orElse(null)),
            compared,
            shape,
            rowsAtOnce(),
            report.begin())) {
      Optional<Portion> portion = comparison.next();
      while (portion.isPresent()) {
        report.found(
            portion.get(), letters, named(comparison, letters, portion.get().differences()));
        RowSum here = portion.get().source();
        connections.limit(task.source().connection()).passed(here.rows(), 0, stop);
        RowSum there = portion.get().target();
        connections.limit(target.name()).passed(there.rows(), 0, stop);
        if (stop.getAsBoolean()) {
          return false;
        }
        portion = comparison.next();
      }
      return true;
    }
  }

  /** As they are when the comparison begins. */
  private LetteredRows letters(
      Connection reading,
      Dialect source,
      Connection looking,
      Dialect writes,
      TableMapping mapping,
      TableShape shape)
      throws SQLException {
    LetterTable table = new LetterTable(connections.configuration(task.targetConnection()));
    return LetteredRows.of(
        table,
        new RowLetters(table, new SliceKey(shape.name(), mapping.slice())),
        looking,
        new SourceTable(reading, source, mapping),
        writes,
        task.spec().rows().deadLetters() > 0);
  }

  private int rowsAtOnce() {
    int rows = task.spec().chunkRows() == 0 ? Comparison.RANGE_ROWS : task.spec().chunkRows();
    return Math.min(
        connections.limit(task.source().connection()).rowsAtOnce(rows),
        connections.limit(task.targetConnection()).rowsAtOnce(rows));
  }

  private List<DifferingKey> named(
      Comparison comparison, LetteredRows letters, List<Difference> differences)
      throws SQLException, InterruptedException {
    List<DifferingKey> named = new ArrayList<>();
    // A row of a table without a key has no name.
    Map<Boolean, List<Difference>> decided =
        differences.stream()
            .filter(one -> !one.key().isEmpty())
            .collect(
                Collectors.partitioningBy(
                    one -> letters.of(one).filter(RowLetter::decided).isPresent()));
    for (Difference difference :
        Stream.of(false, true)
            .flatMap(which -> decided.getOrDefault(which, List.of()).stream())
            .limit(report.room())
            .toList()) {
      List<String> columns =
          difference.kind() == Kind.DIFFERENT
              ? comparison.differingColumns(difference.key())
              : List.of();
      named.add(
          new DifferingKey(
              difference.key().stream().map(LongValues::cut).toList(),
              difference.kind().name().toLowerCase(Locale.ROOT),
              columns.stream().limit(MOST_COLUMNS).toList(),
              letters
                  .of(difference)
                  .map(letter -> new KeyLetter(letter.id(), letter.reason().word()))
                  .orElse(null)));
    }
    return named;
  }
}
