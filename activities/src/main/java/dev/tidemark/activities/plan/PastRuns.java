package dev.tidemark.activities.plan;

import dev.tidemark.connect.control.BatchArchive;
import dev.tidemark.connect.control.PastRun;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.workflows.plan.Estimate;
import dev.tidemark.workflows.table.SyncMode;
import dev.tidemark.workflows.table.TableId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How long tables of a source took into a target before, and so may take again. */
final class PastRuns {

  private static final Logger log = LoggerFactory.getLogger(PastRuns.class);

  private final List<PastRun> runs;
  private final String pair;

  private PastRuns(List<PastRun> runs, String pair) {
    this.runs = runs;
    this.pair = pair;
  }

  /** A plan does without the archive while that is away. */
  static PastRuns read(BatchArchive archive, String source, String target) {
    String pair = source + " into " + target;
    try {
      return new PastRuns(archive.lastRuns(source, target), pair);
    } catch (SyncException e) {
      log.info("No estimate of time: {}", e.getMessage());
      return new PastRuns(List.of(), pair);
    }
  }

  static PastRuns of(List<PastRun> runs, String pair) {
    return new PastRuns(runs, pair);
  }

  /**
   * How long a table would take; empty where nothing like it was copied.
   *
   * @param rows that are expected, 0 when unknown
   */
  Optional<Estimate> estimate(TableId table, SyncMode mode, long rows) {
    return runs.stream()
        .filter(run -> run.schema().equals(table.schema()) && run.table().equals(table.table()))
        .findFirst()
        .map(run -> ofItself(run, mode, rows))
        .or(() -> ofOthers(rows));
  }

  private static Estimate ofItself(PastRun run, SyncMode mode, long rows) {
    // What such a pass reads depends on what changed, and not on how many rows there are.
    boolean partly = mode == SyncMode.INCREMENTAL || mode == SyncMode.DIFF;
    if (partly || rows == 0 || run.rows() == 0) {
      return Estimate.measured(run.seconds(), "its last run, " + run.batchId());
    }
    double pace = run.rows() / run.seconds();
    return Estimate.measured(
        rows / pace, "its last run, " + run.batchId() + ", at " + spelled(pace));
  }

  private Optional<Estimate> ofOthers(long rows) {
    long all = runs.stream().mapToLong(PastRun::rows).sum();
    double seconds = runs.stream().mapToDouble(PastRun::seconds).sum();
    if (all == 0 || rows == 0) {
      return Optional.empty();
    }
    double pace = all / seconds;
    return Optional.of(
        Estimate.measured(rows / pace, "the last runs from " + pair + ", at " + spelled(pace)));
  }

  private static String spelled(double pace) {
    return String.format(Locale.ROOT, "%,d rows/s", Math.max(1, Math.round(pace)));
  }
}
