package dev.tidemark.activities.table;

import dev.tidemark.connect.checkpoint.Slice;
import dev.tidemark.connect.checkpoint.SliceSession;
import dev.tidemark.connect.connection.Connections;
import dev.tidemark.connect.connection.Lease;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions that copy a table beside its first one, on threads of their own, as long as their
 * connections have room. When another table waits for a session, one of them makes place after its
 * chunk.
 */
final class MoreCopiers {

  private static final Logger log = LoggerFactory.getLogger(MoreCopiers.class);
  private static final int SECONDS_FOR_A_SESSION_TO_END = 2;
  private static final Duration NEXT_TRY = Duration.ofSeconds(10);

  /** Opens the sessions and copies with them. */
  private final class Copier implements Runnable {

    private final int number;
    private final Lease leased;
    private volatile boolean ended;

    Copier(int number, Lease leased) {
      this.number = number;
      this.leased = leased;
    }

    @Override
    public void run() {
      try (Lease lease = leased) {
        copy(lease, number);
      } catch (SQLException | RuntimeException | Error e) {
        failure.compareAndSet(null, e);
      } finally {
        ended = true;
      }
    }
  }

  private record Helper(Copier copier, Thread thread) {}

  private final Connections connections;
  private final TableJob job;
  private final CopyRanges ranges;
  private final int most;
  private final Consumer<Connection> opened;
  private final List<Helper> helpers = new ArrayList<>();
  private final AtomicReference<@Nullable Throwable> failure;
  private volatile boolean noRoom;
  private volatile long noRoomAt;

  /**
   * @param opened told of each session before it is used
   * @param failure why one of them ended, which also ends the others
   */
  MoreCopiers(
      Connections connections,
      TableJob job,
      CopyRanges ranges,
      Consumer<Connection> opened,
      AtomicReference<@Nullable Throwable> failure) {
    this.connections = connections;
    this.job = job;
    this.ranges = ranges;
    this.most = Math.min(job.parallelRanges(), Slice.MOST_SESSIONS) - 1;
    this.opened = opened;
    this.failure = failure;
  }

  /** Brings in one more, where there is work and room for it. */
  void enlist() {
    helpers.removeIf(helper -> helper.copier().ended);
    noRoom &= System.nanoTime() - noRoomAt < NEXT_TRY.toNanos();
    if (noRoom || helpers.size() >= most || !worthIt() || !ranges.mayWantSessions()) {
      return;
    }
    Optional<Lease> lease = connections.leaseNow(names());
    if (lease.isPresent()) {
      Copier copier = new Copier(freeNumber(), lease.get());
      helpers.add(
          new Helper(copier, Thread.ofVirtual().name("copy " + job.task().source()).start(copier)));
    }
  }

  /** A small table, or few changes, are copied before another session is open. */
  private boolean worthIt() {
    long rows = job.slice().rows().read();
    // How many rows a pass over changes will read nobody knows before it has.
    long expected = job.mapping().isInOrderOfKey() ? job.task().estimatedRows() - rows : 0;
    return rows >= CopyRanges.WORTH_SPLITTING
        || expected >= 2 * CopyRanges.WORTH_SPLITTING
        || job.slice().checkpoints().size() > 1;
  }

  private List<String> names() {
    return List.of(job.task().source().connection(), job.task().targetConnection());
  }

  private int freeNumber() {
    int number = 1;
    while (taken(number)) {
      number++;
    }
    return number;
  }

  private boolean taken(int number) {
    return helpers.stream().anyMatch(helper -> helper.copier().number == number);
  }

  private void copy(Lease lease, int number) throws SQLException {
    try (CopySessions sessions = opened(lease)) {
      if (sessions == null) {
        return;
      }
      opened.accept(sessions.source());
      opened.accept(sessions.target());
      sessions.prepareToWrite();
      Optional<SliceSession> joined =
          job.slice().join(sessions.target(), number, SECONDS_FOR_A_SESSION_TO_END);
      if (joined.isEmpty()) {
        log.info("{} goes on with fewer sessions: one before is still ending", job.task().source());
        return;
      }
      new RangeCopier(
              job,
              job.source(sessions.source()),
              sessions.target(),
              job.writer(sessions.target()),
              joined.get(),
              ranges)
          .run(() -> !connections.wanted(names()));
      joined.get().leave();
      sessions.clean();
    }
  }

  /** Null where the server has no room: the first session copies on without help. */
  private @Nullable CopySessions opened(Lease lease) {
    try {
      return CopySessions.open(connections, names(), lease);
    } catch (SQLException | RuntimeException e) {
      log.warn("{} goes on with fewer sessions", job.task().source(), e);
      noRoomAt = System.nanoTime();
      noRoom = true;
      return null;
    }
  }

  /** Waits until all have ended. */
  void await() {
    boolean interrupted = false;
    for (Helper helper : helpers) {
      while (helper.thread().isAlive()) {
        try {
          helper.thread().join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
