package dev.tidemark.activities.table;

import dev.tidemark.connect.checkpoint.Checkpoint;
import dev.tidemark.connect.checkpoint.Slice;
import dev.tidemark.connect.checkpoint.SliceSession;
import dev.tidemark.connect.comparison.Side;
import dev.tidemark.connect.connection.Connections;
import dev.tidemark.connect.connection.Lease;
import dev.tidemark.connect.failure.Thrown;
import dev.tidemark.connect.target.GoneRows;
import dev.tidemark.connect.target.ShadowTable;
import dev.tidemark.workflows.table.Deletes;
import dev.tidemark.workflows.table.ModeSpec;
import dev.tidemark.workflows.table.SyncMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One pass over a slice that was granted: begun or taken up again, and brought to its end. */
final class SlicePass {

  private final Connections connections;
  private final Lease lease;
  private final CopySessions sessions;
  private final SliceSession session;
  private final TableJob job;
  private final Optional<ShadowTable> shadow;
  private final LateIndexes indexes;
  private final Consumer<Connection> opened;
  private final AtomicReference<@Nullable Throwable> failure;

  /**
   * @param shadow the table that is written, where it takes the place of another at the end
   * @param opened told of each further session before it is used
   * @param failure why one of the sessions ended, which also ends the others
   */
  SlicePass(
      Connections connections,
      Lease lease,
      CopySessions sessions,
      SliceSession session,
      TableJob job,
      Optional<ShadowTable> shadow,
      LateIndexes indexes,
      Consumer<Connection> opened,
      AtomicReference<@Nullable Throwable> failure) {
    this.connections = connections;
    this.lease = lease;
    this.sessions = sessions;
    this.session = session;
    this.job = job;
    this.shadow = shadow;
    this.indexes = indexes;
    this.opened = opened;
    this.failure = failure;
  }

  /** True when it came to its end, false when it stopped before. */
  boolean run() throws SQLException {
    begin();
    if (mode().mode() == SyncMode.DIFF && !session.slice().fresh()) {
      compare();
    } else {
      copy();
    }
    return ended();
  }

  private ModeSpec mode() {
    return job.task().spec().mode();
  }

  private void begin() throws SQLException {
    Slice slice = session.slice();
    if (mode().mode() == SyncMode.REPLACE
        || (mode().mode() == SyncMode.DIFF && mode().deletes() != Deletes.IGNORE)) {
      session.forgetWatermark();
    }
    if (shadow.isPresent() || indexes.awaited()) {
      slice.holdOpen();
    }
    if (shadow.isPresent() && (slice.atStart() || vanishedUnread(shadow.get()))) {
      shadow.get().create(sessions.target());
    }
    TableLetters letters = job.letters();
    if (letters != null) {
      slice.holdOpen();
      if (slice.atStart()) {
        letters.begin(session, sessions.target());
      }
    }
  }

  /** A shadow without rows took its place, and the pass was not told to be finished. */
  private boolean vanishedUnread(ShadowTable table) throws SQLException {
    return session.slice().rows().read() == 0 && !table.exists(sessions.target());
  }

  private void compare() throws SQLException {
    String mark =
        Optional.ofNullable(mode().deletedColumn())
            .filter(name -> job.shape().column(name).isPresent())
            .orElse(null);
    GoneRows marked = mark == null ? null : goneRows(mark);
    GoneRows gone =
        switch (mode().deletes()) {
          case IGNORE -> null;
          case SOFT -> marked;
          case HARD -> goneRows(null);
        };
    try (Connection here = lease.open(job.task().source().connection());
        Connection there = lease.open(job.task().targetConnection())) {
      opened.accept(here);
      opened.accept(there);
      boolean ignored =
          new DiffPass(
                  job,
                  job.source(sessions.source()),
                  sessions.target(),
                  job.writer(sessions.target()),
                  session,
                  gone,
                  marked,
                  decided())
              .run(
                  new Side(here, job.sourceDialect()),
                  Side.withoutDeleted(there, job.targetDialect(), mark));
    }
  }

  private LetteredRows decided() throws SQLException {
    TableLetters letters = job.letters();
    return letters == null
        ? LetteredRows.NONE
        : letters.decided(session, job.source(sessions.source()), target());
  }

  private Side target() {
    return new Side(sessions.target(), job.targetDialect());
  }

  /** Without the rows about which people have decided: whoever reads them would write them. */
  private TableJob copied() throws SQLException {
    TableLetters letters = job.letters();
    if (letters == null) {
      return job;
    }
    List<List<String>> left =
        letters.left(
            session, job.source(sessions.source()), target(), job.targetRows(), job.report());
    return left.isEmpty() ? job : job.without(left);
  }

  private GoneRows goneRows(@Nullable String mark) {
    return new GoneRows(sessions.target(), job.targetDialect(), job.mapping(), job.shape(), mark);
  }

  private void copy() throws SQLException {
    TableJob copied = copied();
    CopyRanges ranges = new CopyRanges(session.slice().checkpoints());
    MoreCopiers more = new MoreCopiers(connections, copied, ranges, opened, failure);
    RangeCopier first =
        new RangeCopier(
            copied,
            copied.source(sessions.source()),
            sessions.target(),
            copied.writer(sessions.target()),
            session,
            ranges);
    do {
      try {
        more.enlist();
        first.run(
            () -> {
              more.enlist();
              return true;
            });
      } catch (SQLException | RuntimeException | Error e) {
        failure.compareAndSet(null, e);
      } finally {
        more.await();
      }
      // Another session may have made place for another table, and left a range behind.
    } while (ranges.isWaiting() && !job.stop().getAsBoolean());
    throwFailure();
  }

  /** The first session's failure and the others' are one. */
  private void throwFailure() throws SQLException {
    Throwable failed = failure.get();
    if (failed != null) {
      throw Thrown.sql(failed);
    }
  }

  private boolean ended() throws SQLException {
    boolean ended = session.slice().checkpoints().stream().allMatch(Checkpoint::finished);
    if (ended) {
      if (shadow.isPresent()) {
        shadow.get().takePlace(sessions.target(), session::hold, this::finish);
      }
      ended = indexes.make();
    }
    if (ended) {
      finish();
    }
    session.leave();
    return ended;
  }

  /** Commits the end of the pass together with that of the letters whose rows it brought. */
  private void finish() throws SQLException {
    TableLetters letters = job.letters();
    if (letters == null || session.slice().finished()) {
      session.finish();
      return;
    }
    TableLetters.Settled settled =
        letters.settle(
            job.source(sessions.source()),
            target(),
            shadow.map(ShadowTable::place).orElse(job.shape()));
    session.finish();
    job.report().settled(settled);
  }
}
