package dev.tidemark.activities.batch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tidemark.connect.configuration.NotificationConfiguration.Slack;
import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.TableProgress;
import java.util.List;
import java.util.Map;

/**
 * Posts a readable message to a Slack incoming webhook. Slack has no way to drop duplicates, so a
 * message that was taken but not acknowledged may appear twice.
 */
final class SlackReceiver implements Receiver {

  static final int MOST_TABLES = 10;
  private static final int MOST_CHARACTERS = 600;

  private final Slack configuration;
  private final HttpPost http;

  SlackReceiver(Slack configuration, HttpPost http) {
    this.configuration = configuration;
    this.http = http;
  }

  @Override
  public String id() {
    return "slack-" + Digest.fingerprint(configuration.url().toString());
  }

  @Override
  public void deliver(BatchReport report, String notificationId) throws DeliveryException {
    String body =
        WebhookReceiver.json(JsonNodeFactory.instance.objectNode().put("text", text(report)));
    http.post("slack", configuration.url(), Map.of(), body);
  }

  private static String text(BatchReport report) {
    StringBuilder text = new StringBuilder();
    text.append('*').append(escape(report.title())).append("* `");
    text.append(report.progress().batchId()).append("`\n").append(escape(report.summary()));
    List<TableProgress> failed = report.failedTables();
    for (TableProgress table : failed.subList(0, Math.min(failed.size(), MOST_TABLES))) {
      ErrorDetail error = BatchReport.error(table);
      text.append("\n• `").append(escape(table.table().toString())).append("` ");
      text.append(escape(error.message())).append("\n   _").append(escape(error.remedy()));
      text.append('_');
    }
    if (failed.size() > MOST_TABLES) {
      text.append("\n• and ").append(failed.size() - MOST_TABLES).append(" more");
    }
    for (String table : first(report.unequal())) {
      text.append("\n• ").append(escape(table));
    }
    if (report.repairCommand() != null) {
      text.append("\nTo mend it: `").append(report.repairCommand()).append('`');
    }
    if (report.lettersCommand() != null) {
      text.append("\nRows that the target refuses: `").append(report.lettersCommand()).append('`');
    }
    if (report.resumeCommand() != null) {
      text.append("\nTo go on: `").append(report.resumeCommand()).append('`');
    }
    return text.toString();
  }

  private static List<String> first(List<String> lines) {
    return lines.subList(0, Math.min(lines.size(), MOST_TABLES));
  }

  /** Slack's three special characters; everything longer than a paragraph is cut. */
  private static String escape(String text) {
    String cut = text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) + "…" : text;
    return cut.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
