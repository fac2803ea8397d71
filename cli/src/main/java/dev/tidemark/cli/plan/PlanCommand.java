package dev.tidemark.cli.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.client.ApiClient;
import dev.tidemark.cli.client.ServerOptions;
import dev.tidemark.cli.client.StartPlan;
import dev.tidemark.cli.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidemark plan}. */
@Command(
    name = "plan",
    description = "Tell what a batch would do to each table, and do nothing of it.",
    footer = {
      "",
      "Sizes are what the databases expect; no table is read. tidemark plans shows a plan again.",
      "Exit code: 0 when nothing would refuse the batch, 3 when something would, 1 when it could not",
      "be planned, 2 on wrong usage."
    })
public final class PlanCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private ServerOptions server = new ServerOptions();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "BATCH",
      description = "Batch of the configuration; may be left out when there is one only.")
  private @Nullable String batch;

  @Option(names = "--batch", paramLabel = "NAME", description = "The same, as for sync-all.")
  private @Nullable String named;

  @Option(
      names = "--connection",
      split = ",",
      paramLabel = "NAME",
      description = "Sources to read; all of the batch unless named.")
  private List<String> connections = List.of();

  @Option(
      names = "--tables",
      split = ",",
      paramLabel = "TABLE",
      description = "Tables to plan; all unless named, as for sync-all.")
  private List<String> tables = List.of();

  @Option(names = "--ddl", description = "Show the statements that would be run on the target.")
  private boolean ddl;

  public PlanCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (ApiClient api = server.connect(terminal)) {
      JsonNode answer =
          api.startPlan(
              new StartPlan(batch == null ? named : batch, connections, tables, ddl ? true : null));
      if (!server.json()) {
        terminal.print("Plan " + answer.path("id").asText() + " started.");
      }
      return new PlanRun(terminal, server.json()).follow(api, answer);
    }
  }
}
