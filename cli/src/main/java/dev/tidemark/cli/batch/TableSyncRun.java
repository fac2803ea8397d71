package dev.tidemark.cli.batch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.Shell;
import dev.tidemark.cli.client.ApiClient;
import dev.tidemark.cli.client.SyncError;
import dev.tidemark.cli.client.Table;
import dev.tidemark.cli.client.TableSync;
import dev.tidemark.cli.terminal.Colour;
import dev.tidemark.cli.terminal.Terminal;
import dev.tidemark.cli.terminal.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The sync of a single table: shown until it ends, as it stands, or left alone. */
final class TableSyncRun {

  private final Terminal terminal;
  private final Presses presses;
  private final boolean json;

  /**
   * @param json whether the API's answer is all that is printed
   */
  TableSyncRun(Terminal terminal, Presses presses, boolean json) {
    this.terminal = terminal;
    this.presses = presses;
    this.json = json;
  }

  /** What to type to show, or to interrupt, the sync of a table. */
  static String command(String order, Table table) {
    return Shell.command("table-syncs", order, table.name(), "--connection", table.connection());
  }

  /** What to type to go on where a sync stopped. */
  static String commandToGoOn(TableSync stopped) {
    Table table = stopped.table();
    List<String> words =
        new ArrayList<>(List.of("sync-table", table.name(), "--connection", table.connection()));
    if (stopped.batch() != null) {
      words.addAll(List.of("--batch", stopped.batch()));
    }
    return Shell.command(words.toArray(String[]::new));
  }

  /** Says how to find it again. */
  void leave(JsonNode started) {
    if (json) {
      terminal.print(started.toPrettyString());
      return;
    }
    TableSync sync = ApiClient.read(started, TableSync.class);
    terminal.print("Started " + sync.workflowId() + ".");
    alone(sync.table());
  }

  private void alone(Table table) {
    terminal.print("Watch it: " + command("show", table) + " --watch");
    terminal.print("Stop it: " + command("interrupt", table));
  }

  /** Shows it until it has ended; answers the exit code of the command. */
  int follow(ApiClient api, Table table) {
    Duration tick = Duration.ofMillis(terminal.interactive() ? 400 : 1000);
    Follower.Outcome outcome =
        new Follower(terminal, presses, json, tick).follow(new FollowedTable(api, table));
    JsonNode last = api.table(table.connection(), table.id());
    if (outcome == Follower.Outcome.DETACHED) {
      if (json) {
        terminal.print(last.toPrettyString());
      } else {
        terminal.print("The sync goes on.");
        alone(table);
      }
      return 0;
    }
    show(last);
    return ApiClient.read(last, TableSync.class).completed() ? 0 : 1;
  }

  /** Tells how it stands. */
  void show(JsonNode answer) {
    if (json) {
      terminal.print(answer.toPrettyString());
      return;
    }
    TableSync sync = ApiClient.read(answer, TableSync.class);
    Table table = sync.table();
    String status = sync.standing();
    terminal.print(
        "%s %s%s: %s processed, %s inserted, %s updated, %s skipped (equal already), %s deleted."
            .formatted(
                table.label(),
                terminal.paint(Words.status(status), Colour.ofStatus(status)),
                Words.took(table.durationSeconds()),
                Words.count(table.recordsProcessed()),
                Words.count(table.recordsInserted()),
                Words.count(table.recordsUpdated()),
                Words.count(table.recordsSkipped()),
                Words.count(table.recordsDeleted())));
    if (sync.interruption() != null) {
      terminal.print("Reason: " + sync.interruption());
    }
    if (sync.status().equals("interrupted")) {
      terminal.print("Go on with it: " + commandToGoOn(sync));
    }
    if (sync.running() && table.waitingFor() != null) {
      terminal.print("Waits: " + table.waitingFor());
    }
    for (String remark : table.remarks()) {
      terminal.print("! " + remark);
    }
    DeadLetters.hint(table).forEach(terminal::print);
    SyncError error = table.error();
    if (error != null && !table.is("completed")) {
      terminal.complain("✗ " + Errors.text(error));
      if (error.remedy() != null) {
        terminal.complain("→ " + error.remedy());
      }
    }
  }
}
