package dev.tidemark.cli.batch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.client.ApiClient;
import dev.tidemark.cli.client.Batch;
import dev.tidemark.cli.client.ChosenTables;
import dev.tidemark.cli.client.ServerOptions;
import dev.tidemark.cli.client.StartRepair;
import dev.tidemark.cli.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidemark repair}. */
@Command(
    name = "repair",
    description = "Compare the tables of a batch with the target, and copy only what differs.",
    footer = {
      "",
      "A repair is a batch: sync-status shows it, sync-all --resume goes on with it. Exit code: 0 when",
      "both sides are equal, 3 when rows stay that only the target has, that it refuses (open dead",
      "letters) or about which somebody decided in their dead letters, or when the comparison of",
      "--verify found differences, 1 when it did not complete, 2 on wrong usage."
    })
public final class RepairCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Presses presses;

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private ChosenTables chosen = new ChosenTables();
  @Mixin private WhenBusy whenBusy = new WhenBusy();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "BATCH",
      description = "The batch, as with --batch.")
  private @Nullable String batch;

  @Option(
      names = "--verification",
      paramLabel = "ID",
      description = "Take just the tables in which this verification found differences.")
  private @Nullable String verification;

  @Option(
      names = "--deletes",
      paramLabel = "ignore|soft|hard",
      description = {
        "What happens to rows that only the target has; unless said, what is configured for",
        "tables of mode diff, and nothing for others."
      })
  private @Nullable String deletes;

  @Option(names = "--verify", description = "Compare the tables once more when they are done.")
  private boolean verify;

  @Option(names = "--detach", description = "Start it and leave.")
  private boolean detach;

  public RepairCommand(Terminal terminal, Presses presses) {
    this.terminal = terminal;
    this.presses = presses;
  }

  @Override
  public Integer call() {
    check();
    try (ApiClient api = server.connect(terminal)) {
      JsonNode started =
          api.startRepair(
              new StartRepair(
                  batch == null ? chosen.batch() : batch,
                  chosen.connections(),
                  chosen.tables(),
                  verification,
                  deletes,
                  whenBusy.answer(),
                  verify ? true : null));
      BatchRun run = new BatchRun(terminal, presses, server.json());
      if (detach) {
        run.leave(started);
        return 0;
      }
      String id = ApiClient.read(started, Batch.class).id();
      return run.follow(api, id, "Repair " + id + " started.");
    }
  }

  private void check() {
    if (verification != null && (batch != null || chosen.any())) {
      throw new ParameterException(
          spec.commandLine(),
          "--verification says which tables; leave BATCH, --connection and --tables out.");
    }
    if (deletes != null && !List.of("ignore", "soft", "hard").contains(deletes)) {
      throw new ParameterException(
          spec.commandLine(), "--deletes is ignore, soft or hard, not " + deletes + ".");
    }
  }
}
