package dev.tidemark.activities.table;

import dev.tidemark.connect.checkpoint.Checkpoint;
import dev.tidemark.connect.checkpoint.RowTally;
import dev.tidemark.connect.checkpoint.SliceSession;
import dev.tidemark.connect.comparison.Comparison;
import dev.tidemark.connect.comparison.Difference;
import dev.tidemark.connect.comparison.Portion;
import dev.tidemark.connect.comparison.Side;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.table.ChunkWriter;
import dev.tidemark.connect.table.KeyRange;
import dev.tidemark.connect.table.MergeCounts;
import dev.tidemark.connect.table.RowLine;
import dev.tidemark.connect.table.RowRejectedException;
import dev.tidemark.connect.table.RowStream;
import dev.tidemark.connect.table.SourceTable;
import dev.tidemark.connect.target.GoneRows;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A pass that compares both sides and copies only what differs. The cursor moves behind a range of
 * keys once everything that was found in it is applied: to apply some of it again does no harm.
 *
 * <p>A row that takes a unique value which another one has may have to wait until that one is
 * copied, or is gone. Such rows are merged together at the end, and the cursor stays in front of
 * them: a pass that goes on finds them again.
 */
final class DiffPass {

  /** Keys of one statement, and rows of one transaction: the stage is emptied by a commit. */
  private static final int KEYS = 1000;

  /** Ranges without a difference need no commit of their own. */
  private static final Duration BETWEEN_COMMITS = Duration.ofSeconds(1);

  private final TableJob job;
  private final SourceTable source;
  private final Connection writing;
  private final ChunkWriter writer;
  private final SliceSession session;
  private final @Nullable Removals removals;
  private final @Nullable GoneRows marked;
  private final LetteredRows decided;
  private Checkpoint checkpoint;
  private RowTally written = RowTally.NONE;

  /** Counted with the cursor alone: a pass that goes on looks at what is behind it once more. */
  private RowTally looked = RowTally.NONE;

  private long committedAt = System.nanoTime();

  /** Keys of rows that take a value which another row has; no more than {@link #KEYS}. */
  private final List<List<String>> waiting = new ArrayList<>();

  private boolean ending;

  /**
   * A pass that goes on from its checkpoint.
   *
   * @param source where rows are read that differ
   * @param gone what happens to rows that the source does not have; null when they stay
   * @param marked rows that are marked as deleted, and come back when the source has them; null
   *     where there is no mark
   * @param decided rows that stay as people have decided
   */
  DiffPass(
      TableJob job,
      SourceTable source,
      Connection writing,
      ChunkWriter writer,
      SliceSession session,
      @Nullable GoneRows gone,
      @Nullable GoneRows marked,
      LetteredRows decided) {
    this.job = job;
    this.source = source;
    this.writing = writing;
    this.writer = writer;
    this.session = session;
    this.removals = gone == null ? null : new Removals(job, source, writing, gone, this::removed);
    this.marked = marked;
    this.decided = decided;
    this.checkpoint = session.slice().checkpoints().getFirst();
  }

  /** True when it came to the end of the table. */
  boolean run(Side here, Side there) throws SQLException {
    try (Comparison comparison =
        Comparison.of(
            here,
            there,
            job.mapping(),
            job.shape(),
            job.rowsAtOnce(Comparison.RANGE_ROWS),
            checkpoint.cursor())) {
      Optional<Portion> portion = comparison.next();
      while (portion.isPresent()) {
        apply(portion.get());
        job.compared(portion.get().source().rows(), portion.get().target().rows());
        if (job.stop().getAsBoolean()) {
          return false;
        }
        portion = comparison.next();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return ended();
  }

  /** What waited may go now; if not, all else is committed. False when it was to stop before. */
  private boolean ended() throws SQLException {
    ending = true;
    if (removals != null && !removals.again()) {
      return false;
    }
    if (!waiting.isEmpty()) {
      mergeAndCommit(waiting);
    }
    if (removals != null && !removals.finish()) {
      return false;
    }
    checkpoint = checkpoint.after(null, written.plus(looked)).done();
    session.commit(checkpoint);
    job.report().committed(session.slice());
    return true;
  }

  private void apply(Portion portion) throws SQLException {
    List<List<String>> behind = keys(portion, Difference.Kind.MISSING, Difference.Kind.DIFFERENT);
    List<List<String>> extra = keys(portion, Difference.Kind.EXTRA);
    // First what is gone: a unique value of it may have passed to another row.
    if (removals != null) {
      for (List<List<String>> some : parts(extra)) {
        removals.remove(some);
      }
    }
    for (List<List<String>> some : parts(behind)) {
      mergeAndCommit(some);
    }
    long left = removals == null ? extra.size() : 0;
    looked = looked.plus(new RowTally(portion.source().rows(), 0, 0, 0, left));
    boolean changed = !behind.isEmpty() || (removals != null && !extra.isEmpty());
    if (changed || System.nanoTime() - committedAt > BETWEEN_COMMITS.toNanos()) {
      commit(portion.cursor());
    }
  }

  /** A commit may refuse what was removed, where a constraint is deferred to it. */
  private void removed(long rows) throws SQLException {
    RowTally before = written;
    written = written.plus(new RowTally(0, 0, 0, rows, 0));
    try {
      commit(null);
    } catch (SQLException e) {
      written = before;
      throw e;
    }
  }

  /**
   * Commits what was applied.
   *
   * @param behind up to where nothing differs any more but rows that wait; null when it stays where
   *     it was
   */
  private void commit(@Nullable List<String> behind) throws SQLException {
    boolean waits = !waiting.isEmpty() || (removals != null && removals.waits());
    List<String> cursor = waits ? null : behind;
    Checkpoint next = checkpoint.after(cursor, cursor == null ? written : written.plus(looked));
    session.commit(next);
    checkpoint = next;
    written = RowTally.NONE;
    looked = cursor == null ? looked : RowTally.NONE;
    committedAt = System.nanoTime();
    writer.remark().ifPresent(job.report()::remark);
    job.report().committed(session.slice());
  }

  /**
   * Rows that are refused wait where that may help, and become dead letters where there are such;
   * halves lead to them.
   */
  private void mergeAndCommit(List<List<String>> keys) throws SQLException {
    try {
      MergeCounts counts = merge(keys);
      if (marked != null) {
        marked.revive(keys);
      }
      written = written.plus(new RowTally(0, counts.inserted(), counts.updated()));
      commit(null);
    } catch (RowRejectedException e) {
      writing.rollback();
      TableLetters letters = job.letters();
      boolean waits = !ending && e.duplicate() && waiting.size() < KEYS;
      if (writer.writesAgainAfter(e)) {
        mergeAndCommit(keys);
      } else if (keys.size() > 1 && (waits || letters != null)) {
        mergeAndCommit(keys.subList(0, keys.size() / 2));
        mergeAndCommit(keys.subList(keys.size() / 2, keys.size()));
      } else if (waits) {
        waiting.addAll(keys);
      } else if (letters == null) {
        throw explained(keys, e);
      } else {
        mergeOrKeep(keys.getFirst(), letters, e);
      }
    }
  }

  /** From memory, so that what is kept is what was refused. */
  private void mergeOrKeep(List<String> key, TableLetters letters, RowRejectedException rejection)
      throws SQLException {
    List<RowLine> lines = lines(key);
    if (lines.isEmpty()) {
      // It has gone since; the next pass finds that.
      return;
    }
    if (lines.size() > 1) {
      throw explained(List.of(key), rejection);
    }
    try {
      MergeCounts counts = writer.merge(lines.getFirst().stream());
      written = written.plus(new RowTally(0, counts.inserted(), counts.updated()));
      if (marked != null) {
        marked.revive(List.of(key));
      }
      commit(null);
    } catch (RowRejectedException e) {
      writing.rollback();
      letters.keep(
          writing,
          job.targetRows(),
          key,
          lines.getFirst(),
          e,
          count -> {
            written = written.plus(new RowTally(0, 0, 0, 0, 0, count));
            commit(null);
          });
    }
  }

  private List<RowLine> lines(List<String> key) throws SQLException {
    try (RowStream rows = read(List.of(key))) {
      return RowLine.of(rows);
    } catch (IOException e) {
      throw RowStream.unreadable(e);
    }
  }

  private MergeCounts merge(List<List<String>> keys) throws SQLException {
    try (RowStream rows = read(keys)) {
      try {
        return writer.merge(job.paced(rows));
      } catch (RowRejectedException e) {
        rows.drain();
        throw e;
      }
    } catch (IOException e) {
      throw RowStream.unreadable(e);
    }
  }

  private RowStream read(List<List<String>> keys) throws SQLException {
    return source
        .dialect()
        .read(
            source.session(),
            job.mapping().only(source.dialect(), keys),
            new KeyRange(null, null),
            job.targetDialect());
  }

  /** One by one: the database tells a row's number, and which key that is nobody knows. */
  private RuntimeException explained(List<List<String>> keys, RowRejectedException rejection)
      throws SQLException {
    RejectedRow row = new RejectedRow(job.task(), source);
    SyncException likely = null;
    for (List<String> key : keys) {
      try {
        MergeCounts ignored = merge(List.of(key));
      } catch (RowRejectedException e) {
        if (isTheSame(e, rejection)) {
          return row.explained(key, e);
        }
        if (likely == null && !rejection.duplicate() && e.code() == rejection.code()) {
          likely = row.explained(key, e);
        }
      } finally {
        writing.rollback();
      }
    }
    return likely == null ? row.explained(rejection) : likely;
  }

  /**
   * A row alone may be refused for another reason than it was among the others, such as for a
   * unique value that one of them gives up. The message names the value.
   */
  private static boolean isTheSame(RowRejectedException alone, RowRejectedException among) {
    if (among.row() > 0 && !among.duplicate()) {
      // A number that the message has is another one now.
      return alone.code() == among.code();
    }
    return Objects.equals(alone.getMessage(), among.getMessage());
  }

  private List<List<String>> keys(Portion portion, Difference.Kind... kinds) {
    return portion.differences().stream()
        .filter(difference -> List.of(kinds).contains(difference.kind()))
        .filter(difference -> decided.of(difference).isEmpty())
        .map(Difference::key)
        .toList();
  }

  private static List<List<List<String>>> parts(List<List<String>> keys) {
    List<List<List<String>>> parts = new ArrayList<>();
    for (int i = 0; i < keys.size(); i += KEYS) {
      parts.add(keys.subList(i, Math.min(keys.size(), i + KEYS)));
    }
    return parts;
  }
}
