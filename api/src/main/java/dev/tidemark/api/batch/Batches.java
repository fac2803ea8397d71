package dev.tidemark.api.batch;

import dev.tidemark.api.batch.BatchRecords.Lookup;
import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.api.run.Call;
import dev.tidemark.api.run.IdempotentRequests;
import dev.tidemark.api.run.Repeatable;
import dev.tidemark.api.run.Run;
import dev.tidemark.api.run.Runs;
import dev.tidemark.api.table.TablePaths;
import dev.tidemark.connect.catalog.TablePattern;
import dev.tidemark.workflows.batch.BatchInput;
import dev.tidemark.workflows.batch.BatchOptions;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.RunIds;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableProgress;
import io.grpc.StatusRuntimeException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Starts and steers batches. */
@Component
final class Batches {

  private static final Logger log = LoggerFactory.getLogger(Batches.class);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final StartRequests requests;
  private final BatchStarts starts;
  private final BatchLookup lookup;
  private final BatchRecords records;
  private final IdempotentRequests repeats;
  private final Runs runs;
  private final Clock clock;

  Batches(
      StartRequests requests,
      BatchStarts starts,
      BatchLookup lookup,
      BatchRecords records,
      IdempotentRequests repeats,
      Runs runs,
      Clock clock) {
    this.requests = requests;
    this.starts = starts;
    this.lookup = lookup;
    this.records = records;
    this.repeats = repeats;
    this.runs = runs;
    this.clock = clock;
  }

  /**
   * Starts a batch, or finds the one that an earlier request with the same idempotency key started.
   *
   * @return its id
   */
  String start(StartRequest request, Call call) {
    return start(
        RunIds.BATCH,
        call.of("batches", request),
        () ->
            new Prepared(
                requests.resolve(request),
                new BatchOptions(
                    request.connectionsOrNone(), request.tablesOrNone(), call.caller().name())));
  }

  /** What a batch is started with. */
  record Prepared(BatchSpec spec, BatchOptions options) {}

  /**
   * Starts a batch of this sort, at most once.
   *
   * @param prefix of its id
   * @param prepare throws what refuses the request
   * @return its id
   */
  String start(String prefix, Repeatable asked, Supplier<Prepared> prepare) {
    return repeats.start(
        asked,
        RunIds.create(prefix, clock.instant(), RANDOM),
        this::started,
        prepare,
        (id, prepared) -> start(BatchInput.first(id, prepared.spec(), prepared.options())));
  }

  /** Temporal may have forgotten a run that the archive remembers; it must not run again. */
  private boolean started(String batchId) {
    return records.find(batchId) instanceof Lookup.Found || runs.describe(batchId).isPresent();
  }

  private void start(BatchInput input) {
    starts.start(input);
    records.announce(input, startOf(input.batchId()));
  }

  /** By the clock of Temporal, to the millisecond, as the workflow tells it. */
  private Instant startOf(String batchId) {
    return described(batchId)
        .map(Run::startedAt)
        .orElseGet(clock::instant)
        .truncatedTo(ChronoUnit.MILLIS);
  }

  /** The batch runs, whether Temporal can say more of it now or not. */
  private Optional<Run> described(String batchId) {
    try {
      return runs.describe(batchId);
    } catch (StatusRuntimeException e) {
      log.info("{} was started and is not described: {}", batchId, e.getStatus());
      return Optional.empty();
    }
  }

  /** Gives an order to a running batch. */
  void order(String batchId, String order, Object... arguments) {
    if (!runs.update(batchId, order, arguments)) {
      throw notRunning(lookup.get(batchId));
    }
  }

  /**
   * The table of a batch that is meant.
   *
   * @param typed the table as somebody typed it
   */
  TableId table(String batchId, String typed) {
    return table(lookup.get(batchId), typed);
  }

  private static TableId table(BatchState batch, String typed) {
    List<TableId> tables = batch.progress().tables().stream().map(TableProgress::table).toList();
    TablePattern name = TablePattern.name(typed);
    List<TableId> candidates = name.resolve(tables, TablePaths::of);
    if (candidates.isEmpty()) {
      throw ProblemException.notFound(
          "TABLE_NOT_FOUND",
          "Batch %s has no table [%s].%s"
              .formatted(
                  batch.progress().batchId(),
                  typed,
                  name.didYouMean(tables.stream().map(TablePaths::of).toList())),
          "List its tables with GET /api/v1/batches/{id}/tables.");
    }
    if (candidates.size() > 1) {
      throw ProblemException.tableAmbiguous(
          typed, candidates.stream().map(TablePaths::of).toList());
    }
    return candidates.getFirst();
  }

  private static ProblemException notRunning(BatchState batch) {
    String status = batch.progress().status().name().toLowerCase(Locale.ROOT);
    return ProblemException.conflict(
        "BATCH_NOT_RUNNING",
        "Batch %s is %s.".formatted(batch.progress().batchId(), status),
        "Only a running batch takes orders; a failed or interrupted one can be resumed.");
  }
}
