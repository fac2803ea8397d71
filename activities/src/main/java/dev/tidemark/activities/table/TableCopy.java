package dev.tidemark.activities.table;

import dev.tidemark.connect.checkpoint.Claimant;
import dev.tidemark.connect.checkpoint.OwnerLookup;
import dev.tidemark.connect.checkpoint.Slice;
import dev.tidemark.connect.checkpoint.SliceKey;
import dev.tidemark.connect.checkpoint.Slices;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.connection.Connections;
import dev.tidemark.connect.connection.Lease;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.table.ChunkWriter;
import dev.tidemark.connect.table.ColumnChoice;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.Dialects;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.connect.table.TargetTables;
import dev.tidemark.workflows.table.TableSpec;
import dev.tidemark.workflows.table.TableTask;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies one table from its checkpoint to its end, or until it is told to stop. */
final class TableCopy {

  private static final Logger log = LoggerFactory.getLogger(TableCopy.class);

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int SECONDS_FOR_AN_ANSWER = 5;

  private final Connections connections;
  private final TableTask task;
  private final TableReport report;
  private final BooleanSupplier stop;
  private final Duration patience;
  private final ConnectionConfiguration target;
  private final Dialect sourceDialect;
  private final Dialect targetDialect;
  private final Slices slices;

  /**
   * A copy that has not begun.
   *
   * @param stop whether to leave after the chunk in flight; asked from several threads
   */
  TableCopy(
      Connections connections,
      OwnerLookup owners,
      TableTask task,
      TableReport report,
      BooleanSupplier stop) {
    this(connections, owners, task, report, stop, PATIENCE);
  }

  /** With another patience for the chunk in flight. */
  TableCopy(
      Connections connections,
      OwnerLookup owners,
      TableTask task,
      TableReport report,
      BooleanSupplier stop,
      Duration patience) {
    this.connections = connections;
    this.task = task;
    this.report = report;
    this.stop = stop;
    this.patience = patience;
    this.target = connections.configuration(task.targetConnection());
    this.sourceDialect = Dialects.of(connections.configuration(task.source().connection()).type());
    this.targetDialect = Dialects.of(target.type());
    this.slices = new Slices(target, owners);
    if (target.readOnly()) {
      throw new SyncException(
          ErrorCode.READ_ONLY_TARGET,
          "Connection " + target.name() + " is read-only.",
          Failures.remedy(ErrorCode.READ_ONLY_TARGET));
    }
  }

  /**
   * Copies. Asked to stop, it leaves after its chunk, or when its patience with the chunk ends.
   *
   * @return true when the last row is committed, false when it stopped before
   */
  boolean run(Claimant claimant) throws SQLException, IOException, InterruptedException {
    List<String> names = List.of(task.source().connection(), target.name());
    report.waitsFor("a free session of " + String.join(" and ", names));
    Optional<Lease> lease = connections.lease(names, stop);
    report.waitsFor(null);
    return lease.isPresent() && run(claimant, lease.get());
  }

  private boolean run(Claimant claimant, Lease leased) throws SQLException, IOException {
    try (Lease lease = leased;
        Connection source = opened(task.source().connection(), lease::open);
        Connection writing = opened(target.name(), lease::openToLoad)) {
      boolean clean = false;
      try {
        boolean finished = copyInTime(source, writing, claimant);
        // Either may have been cut because it did not answer.
        clean = !writing.isClosed() && source.isValid(SECONDS_FOR_AN_ANSWER);
        return finished;
      } finally {
        if (!clean) {
          // Whatever is open in them must not meet the next user of the pool.
          connections.discard(task.source().connection(), source);
          connections.discardLoading(target.name(), writing);
        }
      }
    }
  }

  private boolean copyInTime(Connection source, Connection writing, Claimant claimant)
      throws SQLException, IOException {
    try (StopDeadline deadline = new StopDeadline(stop, patience, List.of(source, writing))) {
      try {
        boolean finished = copy(source, writing, claimant);
        writing.setAutoCommit(true);
        return finished;
      } catch (SQLException | RuntimeException e) {
        if (deadline.passed()) {
          log.warn("{} was cut off in its chunk, which is done again later", task.source(), e);
          return false;
        }
        throw e;
      }
    }
  }

  @FunctionalInterface
  private interface Opening {
    Connection open(String name) throws SQLException;
  }

  /** Whoever reads the error must see which of the two databases it is about. */
  private static Connection opened(String name, Opening opening) {
    try {
      return opening.open(name);
    } catch (SQLException e) {
      throw Failures.explain("connecting to " + name, e);
    }
  }

  private boolean copy(Connection source, Connection writing, Claimant claimant)
      throws SQLException, IOException {
    TableMapping mapping = mapping(source);
    TableShape shape =
        TargetTables.ensure(writing, targetDialect, target.schema(), mapping, task.createMissing());
    slices.prepare(writing);
    writing.setAutoCommit(false);
    writing.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    ChunkWriter writer = targetDialect.writer(writing, target.schema(), mapping, shape);
    SliceKey key = new SliceKey(shape.name(), mapping.slice());
    // Straight into the table only where it would itself refuse a second row of a key.
    boolean refusesDuplicates = shape.hasKey(mapping.targetKey());
    Slice slice = slices.claim(writing, key, claimant, writer::sliceIsEmpty);
    report.at(slice.checkpoint());
    if (slice.finished()) {
      slice.release();
      return true;
    }
    try {
      SourceTable from = new SourceTable(source, sourceDialect, mapping);
      ChunkCopy chunks =
          new ChunkCopy(task, from, targetDialect, writing, writer, slice, report, stop);
      return chunks.run(slice.fresh() && refusesDuplicates);
    } catch (SQLException | RuntimeException e) {
      if (failsForGood(Failures.classify(e))) {
        letGo(slice, e);
      }
      throw e;
    }
  }

  private boolean failsForGood(ErrorCode code) {
    return code.retryable()
        ? report.failures() + 1 >= task.retry().maximumAttempts()
        : code != ErrorCode.FENCED;
  }

  /** Others need not wait for the end of a batch in which the table has failed. */
  private static void letGo(Slice slice, Exception cause) {
    try {
      slice.release();
    } catch (SQLException | SyncException e) {
      cause.addSuppressed(e);
    }
  }

  private TableMapping mapping(Connection source) throws SQLException {
    TableShape shape =
        sourceDialect
            .describe(source, task.source().schema(), task.source().table())
            .orElseThrow(
                () ->
                    new SyncException(
                        ErrorCode.TABLE_NOT_FOUND,
                        "There is no table " + task.source() + ".",
                        Failures.remedy(ErrorCode.TABLE_NOT_FOUND)));
    TableSpec spec = task.spec();
    return TableMapping.of(
        shape,
        task.targetTable(),
        new ColumnChoice(
            spec.key(), spec.include(), spec.exclude(), spec.rename(), spec.constants()));
  }
}
