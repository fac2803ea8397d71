package dev.tidemark.activities.table;

import dev.tidemark.connect.checkpoint.Checkpoint;
import dev.tidemark.connect.checkpoint.RowTally;
import dev.tidemark.connect.checkpoint.Slice;
import dev.tidemark.workflows.table.RangeProgress;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.TableHeartbeat;
import dev.tidemark.workflows.table.TableTask;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a running copy says of itself; written by the copy, read by its heartbeats. */
final class TableReport {

  private static final Logger log = LoggerFactory.getLogger(TableReport.class);

  private final TableTask task;
  private final Speedometer speedometer = new Speedometer();
  private List<RangeProgress> ranges;
  private RowCounts counts;
  private int failures;
  private int retries;
  private @Nullable String waitingFor;
  private TableLetters.@Nullable Settled settled;
  private final Set<String> remarks = new LinkedHashSet<>();

  TableReport(TableTask task, Optional<TableHeartbeat> before) {
    this.task = task;
    // Until the checkpoint is read, what the attempt before said is the best that is known.
    this.ranges = before.map(TableHeartbeat::ranges).orElse(List.of());
    this.counts = before.map(TableHeartbeat::counts).orElse(RowCounts.NONE);
    this.failures = before.map(TableHeartbeat::failures).orElse(0);
    this.retries = before.map(TableHeartbeat::retries).orElse(0);
  }

  /** The copy stands where the slice does, found or committed. */
  synchronized void at(Slice slice) {
    RowTally rows = slice.rows();
    ranges = ranges(slice.checkpoints());
    counts =
        new RowCounts(
            rows.read(),
            rows.inserted(),
            rows.updated(),
            rows.skipped(),
            rows.deleted(),
            rows.extra(),
            settled == null ? rows.deadLetters() : settled.open(),
            settled == null ? 0 : settled.decided());
    waitingFor = null;
    speedometer.note(System.nanoTime(), rows.read());
  }

  private static List<RangeProgress> ranges(List<Checkpoint> checkpoints) {
    return checkpoints.stream()
        .filter(checkpoint -> !checkpoint.finished())
        .map(
            checkpoint ->
                new RangeProgress(
                    readable(checkpoint.cursor()),
                    readable(checkpoint.upTo()),
                    checkpoint.rows().read()))
        .toList();
  }

  private static @Nullable String readable(@Nullable List<String> key) {
    return key == null ? null : String.join(", ", key);
  }

  /** The pass has ended. Some letters, and some of what was decided, may be of passes before. */
  synchronized void settled(TableLetters.Settled letters) {
    settled = letters;
    counts =
        new RowCounts(
            counts.read(),
            counts.inserted(),
            counts.updated(),
            counts.skipped(),
            counts.deleted(),
            counts.extra(),
            letters.open(),
            letters.decided());
  }

  /** All rows were compared, and are equal. */
  synchronized void equal(long rows) {
    counts = new RowCounts(rows, 0, 0, rows);
  }

  /**
   * A chunk was committed: earlier failures are mended, where it brought the table further. What
   * commits without that may come to the same failure again, for ever.
   */
  synchronized void committed(Slice slice) {
    List<RangeProgress> stood = ranges;
    RowCounts had = counts;
    at(slice);
    if (!ranges.equals(stood) || !counts.equals(had)) {
      failures = 0;
    }
  }

  /** Real failures in a row so far. */
  synchronized int failures() {
    return failures;
  }

  /** One more failure; how many in a row that makes. */
  synchronized int failed() {
    retries++;
    return ++failures;
  }

  /** Null when it waits no more. */
  synchronized void waitsFor(@Nullable String holder) {
    waitingFor = holder;
  }

  /** What people should know of a table that is copied all the same. Told in the log, once. */
  synchronized void remark(String said) {
    if (remarks.add(said)) {
      log.info("{}: {}", task.source(), said);
    }
  }

  synchronized List<String> remarks() {
    return List.copyOf(remarks);
  }

  synchronized int retries() {
    return retries;
  }

  synchronized RowCounts counts() {
    return counts;
  }

  synchronized TableHeartbeat heartbeat() {
    return new TableHeartbeat(
            task.source(),
            null,
            counts,
            task.estimatedRows(),
            speedometer.rowsPerSecond(System.nanoTime()),
            failures,
            retries,
            waitingFor)
        .at(ranges);
  }
}
