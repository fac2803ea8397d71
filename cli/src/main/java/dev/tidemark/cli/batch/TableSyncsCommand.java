package dev.tidemark.cli.batch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.client.ApiClient;
import dev.tidemark.cli.client.ServerOptions;
import dev.tidemark.cli.client.TableSync;
import dev.tidemark.cli.terminal.Interruption;
import dev.tidemark.cli.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidemark table-syncs}. */
@Command(
    name = "table-syncs",
    description = "Show the latest sync of a single table, or stop it.",
    footer = {
      "",
      "tidemark sync-table starts one. Exit code: 0 when done, 1 when refused or not found, 2 on wrong",
      "usage; of show --watch as of sync-table."
    })
public final class TableSyncsCommand {

  private static final String TABLE = "As ad_org, AdOrg or schema.ad_org.";
  private static final String SOURCE = "The source that it reads.";

  private final Terminal terminal;
  private final Presses presses;

  public TableSyncsCommand(Terminal terminal, Presses presses) {
    this.terminal = terminal;
    this.presses = presses;
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "show",
      description = "Show how it stands, as sync-table does.")
  int show(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "TABLE", description = TABLE) String table,
      @Option(names = "--connection", required = true, paramLabel = "NAME", description = SOURCE)
          String connection,
      @Option(names = "--watch", description = "Follow it until it ends.") boolean watch) {
    try (ApiClient api = server.connect(terminal)) {
      JsonNode answer = api.table(connection, table);
      TableSyncRun run = new TableSyncRun(terminal, presses, server.json());
      TableSync sync = ApiClient.read(answer, TableSync.class);
      if (watch && sync.running()) {
        Interruption.endsTheLook(terminal);
        return run.follow(api, sync.table());
      }
      run.show(answer);
      return 0;
    }
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "interrupt",
      description = "Stop it after the chunk in progress; started again, it goes on from there.")
  int interrupt(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "TABLE", description = TABLE) String table,
      @Option(names = "--connection", required = true, paramLabel = "NAME", description = SOURCE)
          String connection,
      @Option(
              names = "--reason",
              paramLabel = "TEXT",
              description = "Why; at most 1,000 characters.")
          @Nullable String reason) {
    return server.ask(
        terminal,
        api -> api.interruptTable(connection, table, reason),
        answer -> {
          TableSync stopped = ApiClient.read(answer, TableSync.class);
          terminal.print(
              "The sync of %s stops after the chunk in progress."
                  .formatted(stopped.table().label()));
          terminal.print("Go on with it: " + TableSyncRun.commandToGoOn(stopped));
        });
  }
}
