package dev.tidemark.cli.batch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.client.ApiClient;
import dev.tidemark.cli.client.ServerOptions;
import dev.tidemark.cli.client.SyncError;
import dev.tidemark.cli.client.Table;
import dev.tidemark.cli.terminal.Colour;
import dev.tidemark.cli.terminal.Interruption;
import dev.tidemark.cli.terminal.Terminal;
import dev.tidemark.cli.terminal.Words;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidemark sync-table}. */
@Command(
    name = "sync-table",
    description = "Sync one table on its own; no batch is created.",
    footer = {"", "Exit code: 0 when the table completed, 1 when not, 2 on wrong usage."})
public final class SyncTableCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Presses presses;

  @Mixin private ServerOptions server = new ServerOptions();

  @Parameters(paramLabel = "TABLE", description = "As ad_org, AdOrg or schema.ad_org.")
  private String table = "";

  @Option(
      names = "--connection",
      required = true,
      paramLabel = "NAME",
      description = "The source to read.")
  private String connection = "";

  @Option(
      names = "--batch",
      paramLabel = "NAME",
      description = "Batch whose settings hold; may be left out when there is one only.")
  private @Nullable String batch;

  @Option(names = "--detach", description = "Start it and leave.")
  private boolean detach;

  public SyncTableCommand(Terminal terminal, Presses presses) {
    this.terminal = terminal;
    this.presses = presses;
  }

  @Override
  public Integer call() {
    try (ApiClient api = server.connect(terminal)) {
      Map<String, String> options = new LinkedHashMap<>();
      if (batch != null) {
        options.put("batch", batch);
      }
      JsonNode started = api.startTable(connection, table, options);
      if (detach) {
        terminal.print(
            server.json()
                ? started.toPrettyString()
                : "Started " + started.path("workflowId").asText(table) + ".");
        return 0;
      }
      return follow(api, FollowedTable.tableOf(started));
    }
  }

  private int follow(ApiClient api, Table meant) {
    Interruption.onCtrlC(presses::press);
    Duration tick = Duration.ofMillis(terminal.interactive() ? 400 : 1000);
    Follower.Outcome outcome =
        new Follower(terminal, presses, server.json(), tick).follow(new FollowedTable(api, meant));
    JsonNode last = api.table(meant.connection(), meant.id());
    Table ended = FollowedTable.tableOf(last);
    if (server.json()) {
      terminal.print(last.toPrettyString());
    } else if (outcome == Follower.Outcome.DETACHED) {
      terminal.print("The sync goes on.");
    } else {
      report(ended);
    }
    return ended.is("completed") || outcome == Follower.Outcome.DETACHED ? 0 : 1;
  }

  private void report(Table ended) {
    terminal.print(
        "%s %s in %s: %s processed, %s inserted, %s updated, %s skipped (equal already), %s deleted."
            .formatted(
                ended.label(),
                terminal.paint(Words.status(ended.status()), Colour.ofStatus(ended.status())),
                Words.duration(ended.durationSeconds()),
                Words.count(ended.recordsProcessed()),
                Words.count(ended.recordsInserted()),
                Words.count(ended.recordsUpdated()),
                Words.count(ended.recordsSkipped()),
                Words.count(ended.recordsDeleted())));
    for (String remark : ended.remarks()) {
      terminal.print("! " + remark);
    }
    DeadLetters.hint(ended).forEach(terminal::print);
    SyncError error = ended.error();
    if (error != null && !ended.is("completed")) {
      terminal.complain("✗ " + Errors.text(error));
      if (error.remedy() != null) {
        terminal.complain("→ " + error.remedy());
      }
    }
  }
}
