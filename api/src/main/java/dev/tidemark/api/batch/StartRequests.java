package dev.tidemark.api.batch;

import dev.tidemark.api.problem.Problem.Mistake;
import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.api.table.AskedWhenBusy;
import dev.tidemark.connect.configuration.AskedBatch;
import dev.tidemark.connect.configuration.AskedMistake;
import dev.tidemark.connect.configuration.BatchConfiguration;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import dev.tidemark.specs.batch.BatchSpecs;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.table.Deletes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Resolves what is asked for and what is configured into what a batch syncs. */
@Component
public final class StartRequests {

  private final Map<String, BatchConfiguration> batches;

  @Autowired
  StartRequests(TidemarkConfiguration configuration) {
    this(configuration.batches());
  }

  StartRequests(Map<String, BatchConfiguration> batches) {
    this.batches = batches;
  }

  /**
   * The batch of this name, or the only one.
   *
   * @throws ProblemException when there is none, or when it has to be named
   */
  private BatchConfiguration configuration(@Nullable String name) {
    if (name == null) {
      if (batches.size() == 1) {
        return batches.values().iterator().next();
      }
      throw ProblemException.unprocessable(
          batches.isEmpty() ? "NO_BATCH_CONFIGURED" : "BATCH_NOT_NAMED",
          batches.isEmpty()
              ? "The configuration has no batches."
              : "The configuration has several batches: " + names() + ".",
          batches.isEmpty() ? "Add one under batches:." : "Name one of them as batch.");
    }
    BatchConfiguration batch = batches.get(name);
    if (batch == null) {
      throw ProblemException.batchNotConfigured(name, batches.keySet());
    }
    return batch;
  }

  /** What a batch syncs when it is started by this request. */
  public BatchSpec resolve(StartRequest request) {
    BatchSpec spec = BatchSpecs.of(asked(request), request.whenBusy());
    return request.verify() == null ? spec : spec.verified(request.verify());
  }

  /**
   * What a repair of the same does.
   *
   * @param deletes null for what is configured
   * @param tables those that are meant, which the request need not name; empty for all
   */
  BatchSpec resolveRepair(StartRequest request, @Nullable Deletes deletes, List<String> tables) {
    AskedBatch asked = asked(request);
    if (deletes == Deletes.SOFT) {
      new SoftRepairs(asked.batch()).check(tables);
    }
    return BatchSpecs.repair(asked, request.whenBusy(), deletes)
        .verified(Boolean.TRUE.equals(request.verify()));
  }

  private AskedBatch asked(StartRequest request) {
    AskedBatch asked =
        new AskedBatch(
            configuration(request.batch()), request.connectionsOrNone(), request.tablesOrNone());
    List<Mistake> mistakes = new ArrayList<>();
    for (AskedMistake mistake : asked.mistakes()) {
      mistakes.add(new Mistake(mistake.path(), mistake.message()));
    }
    AskedWhenBusy.check(request.whenBusy(), mistakes);
    if (!mistakes.isEmpty()) {
      throw ProblemException.invalid(mistakes);
    }
    return asked;
  }

  private String names() {
    return String.join(", ", batches.keySet().stream().sorted().toList());
  }
}
