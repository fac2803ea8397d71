package dev.tidemark.activities.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.connect.configuration.NotificationConfiguration.Webhook;
import dev.tidemark.workflows.batch.BatchProgress;
import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.TableProgress;
import dev.tidemark.workflows.table.TableStatus;
import dev.tidemark.workflows.verification.VerificationSummary;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Posts a JSON document, signed when there is a secret; docs/notifications.md shows its shape. */
final class WebhookReceiver implements Receiver {

  static final int MOST_TABLES = 50;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Webhook configuration;
  private final HttpPost http;
  private final Clock clock;

  WebhookReceiver(Webhook configuration, HttpPost http, Clock clock) {
    this.configuration = configuration;
    this.http = http;
    this.clock = clock;
  }

  @Override
  public String id() {
    return "webhook-" + Digest.fingerprint(configuration.url().toString());
  }

  @Override
  public void deliver(BatchReport report, String notificationId) throws DeliveryException {
    String body = json(document(report, notificationId));
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Idempotency-Key", notificationId);
    if (configuration.secret() != null) {
      long time = clock.instant().getEpochSecond();
      String signature = Digest.hmac(configuration.secret(), time + "." + body);
      headers.put("X-Tidemark-Signature", "t=" + time + ",v1=" + signature);
    }
    http.post("webhook", configuration.url(), headers, body);
  }

  private static ObjectNode document(BatchReport report, String notificationId) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("id", notificationId);
    document.put("event", report.event());
    document.set("batch", batch(report));
    List<TableProgress> failed = report.failedTables();
    ArrayNode tables = document.putArray("failedTables");
    failed.stream().limit(MOST_TABLES).forEach(table -> tables.add(table(table)));
    document.put("failedTablesOmitted", Math.max(0, failed.size() - MOST_TABLES));
    return document;
  }

  private static ObjectNode batch(BatchReport report) {
    BatchProgress progress = report.progress();
    RowCounts counts = report.counts();
    ObjectNode batch = JsonNodeFactory.instance.objectNode();
    batch.put("id", progress.batchId());
    batch.put("name", progress.name());
    batch.put("kind", report.kind());
    batch.put("status", report.status());
    batch.put("totalTables", progress.tables().size());
    batch.put("completedTables", progress.count(TableStatus.COMPLETED));
    batch.put("failedTables", progress.count(TableStatus.FAILED));
    batch.put("skippedTables", progress.count(TableStatus.SKIPPED));
    batch.put("recordsProcessed", counts.read());
    batch.put("recordsInserted", counts.inserted());
    batch.put("recordsUpdated", counts.updated());
    batch.put("recordsSkipped", counts.skipped());
    batch.put("recordsDeleted", counts.deleted());
    batch.put("recordsExtra", counts.extra());
    batch.put("deadLetters", counts.deadLetters());
    batch.put("recordsDecided", counts.decided());
    batch.put("startedAt", progress.startedAt().toString());
    batch.put("endedAt", progress.endedAt() == null ? null : progress.endedAt().toString());
    batch.put("durationSeconds", report.duration().toSeconds());
    VerificationSummary verification = progress.verification();
    if (verification != null) {
      batch.set("verification", verification(verification, report));
    }
    ErrorDetail error = report.error();
    if (error != null) {
      batch.set("error", error(error));
    }
    batch.put("resumable", report.resumable());
    batch.put("resumeCommand", report.resumeCommand());
    return batch;
  }

  private static ObjectNode verification(VerificationSummary verification, BatchReport report) {
    Instant end = verification.endedAt();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", verification.id());
    json.put("equal", verification.equal());
    json.put("totalTables", verification.totalTables());
    json.put("comparedTables", verification.comparedTables());
    json.put("differingTables", verification.differingTables());
    json.put(
        "durationSeconds",
        end == null ? null : Duration.between(verification.startedAt(), end).toSeconds());
    json.put("recordsDecided", verification.decidedRows());
    json.put("repairCommand", report.repairCommand());
    json.put("lettersCommand", report.lettersCommand());
    ArrayNode tables = json.putArray("tables");
    for (VerificationSummary.Table table : verification.tables()) {
      tables
          .addObject()
          .put("id", table.table().toString())
          .put("missing", table.missing())
          .put("extra", table.extra())
          .put("different", table.different())
          .put("error", table.error())
          .put("inLetters", table.inLetters())
          .put("decided", table.decided())
          .put("keyless", table.keyless());
    }
    return json;
  }

  private static ObjectNode table(TableProgress table) {
    ErrorDetail error = BatchReport.error(table);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", table.table().toString());
    json.put("connection", table.table().connection());
    json.put("schema", table.table().schema());
    json.put("table", table.table().table());
    json.put("target", table.targetTable());
    json.put("recordsProcessed", table.counts().read());
    json.put("retryCount", table.retries());
    json.set("error", error(error));
    return json;
  }

  private static ObjectNode error(ErrorDetail error) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("code", error.code())
        .put("message", error.message())
        .put("remedy", error.remedy());
  }

  static String json(ObjectNode document) {
    try {
      return JSON.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers can always be written", e);
    }
  }
}
