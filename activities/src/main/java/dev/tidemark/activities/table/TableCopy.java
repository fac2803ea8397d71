package dev.tidemark.activities.table;

import dev.tidemark.connect.checkpoint.Claimant;
import dev.tidemark.connect.checkpoint.OwnerLookup;
import dev.tidemark.connect.checkpoint.Slice;
import dev.tidemark.connect.checkpoint.SliceKey;
import dev.tidemark.connect.checkpoint.SliceSession;
import dev.tidemark.connect.checkpoint.Slices;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.connection.Connections;
import dev.tidemark.connect.connection.Lease;
import dev.tidemark.connect.dialect.Dialects;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.letter.LetterTable;
import dev.tidemark.connect.table.ChunkWriter;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.SourceTable;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.connect.table.ViewKey;
import dev.tidemark.connect.target.CascadingDeletes;
import dev.tidemark.connect.target.ForeignKeys;
import dev.tidemark.connect.target.GoneRows;
import dev.tidemark.connect.target.ShadowTable;
import dev.tidemark.workflows.table.Deletes;
import dev.tidemark.workflows.table.Keyless;
import dev.tidemark.workflows.table.ModeSpec;
import dev.tidemark.workflows.table.SyncMode;
import dev.tidemark.workflows.table.TableTask;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies one table from its checkpoint to its end, or until it is told to stop. */
final class TableCopy {

  private static final Logger log = LoggerFactory.getLogger(TableCopy.class);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Connections connections;
  private final OwnerLookup owners;
  private final TableTask task;
  private final TableReport report;
  private final BooleanSupplier stop;
  private final Duration patience;
  private final ConnectionConfiguration source;
  private final ConnectionConfiguration target;
  private final Dialect sourceDialect;
  private final Dialect targetDialect;
  private final Slices slices;
  private final LetterTable letterTable;

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
    this.owners = owners;
    this.task = task;
    this.report = report;
    this.stop = stop;
    this.patience = patience;
    this.target = connections.configuration(task.targetConnection());
    this.source = connections.configuration(task.source().connection());
    this.sourceDialect = Dialects.of(source.type());
    this.targetDialect = Dialects.of(target.type());
    this.slices = new Slices(target, owners);
    this.letterTable = new LetterTable(target);
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
    Optional<Lease> lease = connections.lease(diffs() ? twice(names) : names, stop);
    report.waitsFor(null);
    return lease.isPresent() && run(claimant, lease.get());
  }

  private boolean run(Claimant claimant, Lease leased) throws SQLException, IOException {
    List<String> names = List.of(task.source().connection(), target.name());
    try (Lease lease = leased;
        CopySessions sessions = CopySessions.open(connections, names, lease)) {
      boolean finished = copyInTime(lease, sessions, claimant);
      sessions.clean();
      return finished;
    }
  }

  private boolean diffs() {
    return task.spec().mode().mode() == SyncMode.DIFF;
  }

  /** One session compares while another one reads or writes. */
  private List<String> twice(List<String> names) {
    names.forEach(name -> DiffSessions.check(connections.configuration(name)));
    return Stream.concat(names.stream(), names.stream()).toList();
  }

  private boolean copyInTime(Lease lease, CopySessions sessions, Claimant claimant)
      throws SQLException, IOException {
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    BooleanSupplier stopOrFailed = () -> failure.get() != null || stop.getAsBoolean();
    try (StopDeadline deadline = new StopDeadline(stopOrFailed, patience)) {
      deadline.watch(sessions.source());
      deadline.watch(sessions.target());
      try {
        return copy(lease, sessions, claimant, stopOrFailed, failure, deadline);
      } catch (SQLException | RuntimeException e) {
        if (deadline.passed() && stop.getAsBoolean()) {
          log.warn("{} was cut off in its chunk, which is done again later", task.source(), e);
          return false;
        }
        throw e;
      }
    }
  }

  private boolean copy(
      Lease lease,
      CopySessions sessions,
      Claimant claimant,
      BooleanSupplier stopOrFailed,
      AtomicReference<@Nullable Throwable> failure,
      StopDeadline deadline)
      throws SQLException, IOException {
    Connection writing = sessions.target();
    TableMapping whole = TaskMapping.of(task, source, sessions.source(), needsKey());
    ViewKey.check(sessions.source(), sourceDialect, whole);
    TargetTable table = new TargetTable(task, target, sourceDialect, slices, sessions);
    if (diffs() && whole.sourceKey().isEmpty()) {
      KeylessTable keyless = new KeylessTable(connections, task, report, stopOrFailed);
      TableShape there = keyless.mayBeReplaced() ? table.ensure(whole) : table.seen(whole);
      KeylessTable.Verdict verdict =
          keyless.mayBeReplaced() && hasBegun(claimant, writing, whole.into(there), there)
              ? KeylessTable.Verdict.DIFFERENT
              : keyless.compared(lease, whole, there, deadline::watch);
      return switch (verdict) {
        case EQUAL -> true;
        case STOPPED -> false;
        case DIFFERENT -> {
          boolean replaced =
              replacing().copy(lease, sessions, claimant, stopOrFailed, failure, deadline);
          if (replaced) {
            keyless.wasReplaced();
          }
          yield replaced;
        }
      };
    }
    TableShape shape = table.ensure(whole);
    String deletedColumn = task.spec().mode().deletedColumn();
    DeletedColumn.check(whole, deletedColumn);
    boolean marks = task.spec().mode().deletes() == Deletes.SOFT;
    if (marks && deletedColumn != null && shape.column(deletedColumn).isEmpty()) {
      GoneRows.prepare(writing, targetDialect, shape, deletedColumn);
      shape = table.ensure(whole);
    }
    TableMapping mapping = whole.into(shape);
    if (replaces()) {
      CascadingDeletes.check(writing, targetDialect, target.schema(), shape.name());
    }
    Optional<ShadowTable> shadow = shadow(mapping, shape);
    TableShape written = shadow.map(ShadowTable::shape).orElse(shape);
    slices.prepare(writing);
    boolean keepsLetters = task.spec().rows().deadLetters() > 0 && !mapping.sourceKey().isEmpty();
    if (keepsLetters) {
      letterTable.prepare(writing);
    }
    LateIndexes indexes = table.indexes(mapping, shape, report, stop);
    sessions.prepareToWrite();
    ChunkWriter writer = targetDialect.writer(writing, target.schema(), mapping, written);
    ChunkWriter visible = targetDialect.writer(writing, target.schema(), mapping, shape);
    SliceKey key = new SliceKey(shape.name(), mapping.slice());
    SliceSession session =
        slices.claim(
            writing,
            key,
            claimant.of(specification(mapping)),
            finished -> {
              if (finished || shadow.isEmpty()) {
                return visible.sliceIsEmpty();
              }
              return !shadow.get().exists(writing) || writer.sliceIsEmpty();
            });
    Slice slice = session.slice();
    report.at(slice);
    if (slice.finished()) {
      if (shadow.isPresent()) {
        shadow.get().drop(writing);
      }
      boolean indexed = indexes.make();
      session.release();
      return indexed;
    }
    try {
      TableLetters letters =
          keepsLetters ? TableLetters.of(task, letterTable, key, claimant.pass(), mapping) : null;
      TableJob job =
          job(sessions, session, mapping, written, shadow.isPresent(), letters, stopOrFailed);
      return new SlicePass(
              connections, lease, sessions, session, job, shadow, indexes, deadline::watch, failure)
          .run();
    } catch (SQLException | RuntimeException e) {
      if (failsForGood(Failures.classify(e))) {
        letGo(session, e);
      }
      throw e;
    }
  }

  private TableJob job(
      CopySessions sessions,
      SliceSession session,
      TableMapping mapping,
      TableShape shape,
      boolean inShadow,
      @Nullable TableLetters letters,
      BooleanSupplier stopOrFailed)
      throws SQLException {
    Slice slice = session.slice();
    // Straight into the table only where it would itself refuse a second row of a key, or where
    // nobody else writes.
    boolean straight = inShadow || (slice.fresh() && shape.hasKey(mapping.targetKey()));
    return new TableJob(
        task,
        inOrder(session, new SourceTable(sessions.source(), sourceDialect, mapping)),
        shape,
        sourceDialect,
        targetDialect,
        slice,
        straight,
        parallelRanges(sessions.target(), shape),
        report,
        List.of(connections.limit(task.source().connection()), connections.limit(target.name())),
        letters,
        stopOrFailed);
  }

  /** Rows that refer to others of their table come after those, as far as the key's order goes. */
  private int parallelRanges(Connection writing, TableShape shape) throws SQLException {
    int most = ParallelRanges.most(task.spec());
    return most > 1 && ForeignKeys.refersToItself(writing, target.type(), shape) ? 1 : most;
  }

  /** A pass goes on only with what it began with: its cursors belong to that. */
  private String specification(TableMapping mapping) {
    return task.spec().mode().specification() + "\n" + mapping.specification();
  }

  private Optional<ShadowTable> shadow(TableMapping mapping, TableShape shape) {
    return replaces()
        ? Optional.of(new ShadowTable(targetDialect, mapping, shape))
        : Optional.empty();
  }

  private boolean needsKey() {
    return !replaces() && task.spec().mode().keyless() == Keyless.REFUSED;
  }

  /** What an attempt before began is brought to its end, also where both sides are equal by now. */
  private boolean hasBegun(
      Claimant claimant, Connection writing, TableMapping mapping, TableShape shape)
      throws SQLException {
    slices.prepare(writing);
    return slices.isOfPass(writing, new SliceKey(shape.name(), mapping.slice()), claimant.pass());
  }

  /** The same table by the mode {@code replace}. */
  private TableCopy replacing() {
    ModeSpec replace = new ModeSpec(SyncMode.REPLACE, null, Deletes.HARD, null);
    return new TableCopy(connections, owners, task.in(replace), report, stop, patience);
  }

  private boolean replaces() {
    return task.spec().mode().mode() == SyncMode.REPLACE;
  }

  /** The mapping in whose order the pass reads. */
  private TableMapping inOrder(SliceSession session, SourceTable source) throws SQLException {
    ModeSpec mode = task.spec().mode();
    return switch (mode.mode()) {
      case FULL, DIFF, REPLACE -> source.mapping();
      case INCREMENTAL ->
          IncrementalPass.begin(session, source, task.source().toString(), mode, report::remark);
    };
  }

  private boolean failsForGood(ErrorCode code) {
    return code.retryable()
        ? report.failures() + 1 >= task.retry().maximumAttempts()
        : code != ErrorCode.FENCED;
  }

  /** Others need not wait for the end of a batch in which the table has failed. */
  private static void letGo(SliceSession session, Exception cause) {
    try {
      session.release();
    } catch (SQLException | SyncException e) {
      cause.addSuppressed(e);
    }
  }
}
