package dev.tidemark.cli.batch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.client.ApiClient;
import dev.tidemark.cli.client.ServerOptions;
import dev.tidemark.cli.client.TableSync;
import dev.tidemark.cli.terminal.Interruption;
import dev.tidemark.cli.terminal.Terminal;
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
    footer = {
      "",
      "tidemark table-syncs shows it again, or stops it. Exit code: 0 when the table completed, 1",
      "when not, 2 on wrong usage."
    })
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
      TableSyncRun run = new TableSyncRun(terminal, presses, server.json());
      if (detach) {
        run.leave(started);
        return 0;
      }
      Interruption.onCtrlC(presses::press);
      return run.follow(api, ApiClient.read(started, TableSync.class).table());
    }
  }
}
