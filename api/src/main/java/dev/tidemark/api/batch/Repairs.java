package dev.tidemark.api.batch;

import dev.tidemark.api.key.Caller;
import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.api.run.Call;
import dev.tidemark.api.run.VerificationReports;
import dev.tidemark.workflows.batch.BatchOptions;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.batch.RunIds;
import dev.tidemark.workflows.batch.SourceSpec;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.verification.VerifiedTable;
import java.util.List;
import org.springframework.stereotype.Component;

/** Starts repairs: batches that compare every table, and copy what differs. */
@Component
final class Repairs {

  private final StartRequests requests;
  private final Batches batches;
  private final VerificationReports verifications;

  Repairs(StartRequests requests, Batches batches, VerificationReports verifications) {
    this.requests = requests;
    this.batches = batches;
    this.verifications = verifications;
  }

  /**
   * Starts a repair, or finds the one that an earlier request with the same idempotency key
   * started.
   *
   * @return its id
   */
  String start(RepairRequest request, Call call) {
    request.check();
    return batches.start(
        RunIds.REPAIR, call.of(RunIds.REPAIR, request), () -> prepared(request, call.caller()));
  }

  private Batches.Prepared prepared(RepairRequest request, Caller caller) {
    StartRequest asked = request.asked();
    if (request.verification() == null) {
      return new Batches.Prepared(
          requests.resolveRepair(asked, request.asDeletes(), asked.tablesOrNone()),
          new BatchOptions(asked.connectionsOrNone(), asked.tablesOrNone(), caller.name()));
    }
    String verification = request.verification();
    VerificationReports.Found found =
        verifications
            .find(verification)
            .orElseThrow(() -> VerificationReports.notNamed(verification));
    List<TableId> mendable = mendable(found);
    List<String> tables = mendable.stream().map(TableId::toString).toList();
    StartRequest all = request.all(found.report().batch());
    return new Batches.Prepared(
        only(mendable, requests.resolveRepair(all, request.asDeletes(), tables)),
        new BatchOptions(asked.connectionsOrNone(), tables, caller.name()));
  }

  private static List<TableId> mendable(VerificationReports.Found found) {
    String id = found.report().id();
    if (found.run().status() == BatchStatus.RUNNING) {
      throw ProblemException.conflict(
          "VERIFICATION_RUNNING",
          "Verification " + id + " has not ended.",
          "Wait until it has found everything.");
    }
    List<TableId> mendable =
        found.report().tables().stream()
            .filter(table -> table.findings() != null && table.findings().mendable())
            .map(VerifiedTable::table)
            .toList();
    if (mendable.isEmpty()) {
      throw ProblemException.conflict(
          "NOTHING_TO_REPAIR",
          "Verification " + id + " has found nothing that a repair would mend.",
          "Rows in open dead letters are edited and tried again as such (letters list); a table without"
              + " a key is synced again. Or name the tables to repair.");
    }
    return mendable;
  }

  /** The configuration may have changed since they were compared. */
  private static BatchSpec only(List<TableId> tables, BatchSpec spec) {
    List<String> sources = spec.sources().stream().map(SourceSpec::connection).toList();
    List<String> gone =
        tables.stream()
            .map(TableId::connection)
            .filter(connection -> !sources.contains(connection))
            .distinct()
            .toList();
    if (!gone.isEmpty()) {
      throw ProblemException.unprocessable(
          "SOURCE_NOT_CONFIGURED",
          "Batch %s has no source %s any more.".formatted(spec.name(), String.join(", ", gone)),
          "Verify again, with the batch as it is configured now.");
    }
    return spec.only(tables);
  }
}
