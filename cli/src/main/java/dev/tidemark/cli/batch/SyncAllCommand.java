package dev.tidemark.cli.batch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.client.ApiClient;
import dev.tidemark.cli.client.Batch;
import dev.tidemark.cli.client.ChosenTables;
import dev.tidemark.cli.client.ServerOptions;
import dev.tidemark.cli.client.StartBatch;
import dev.tidemark.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidemark sync-all}. */
@Command(
    name = "sync-all",
    description = "Sync all tables of a batch, or those named, and follow it until it ends.",
    footer = {
      "",
      "Ctrl+C asks whether to interrupt the batch or to detach from it; where nobody can be asked,",
      "it interrupts. Exit code: 0 when the batch completed, 3 when it completed and the comparison",
      "of verify did not find both sides equal, 1 when it did not complete, 2 on wrong usage."
    })
public final class SyncAllCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Presses presses;

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private ChosenTables chosen = new ChosenTables();
  @Mixin private WhenBusy whenBusy = new WhenBusy();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--resume",
      paramLabel = "ID",
      description = "Resume an interrupted, failed or paused batch where it stopped.")
  private @Nullable String resume;

  @Option(
      names = "--verify",
      negatable = true,
      description = "Compare the tables when they are done, or do not; as configured unless said.")
  private @Nullable Boolean verify;

  @Option(names = "--detach", description = "Start it and leave.")
  private boolean detach;

  public SyncAllCommand(Terminal terminal, Presses presses) {
    this.terminal = terminal;
    this.presses = presses;
  }

  @Override
  public Integer call() {
    check();
    try (ApiClient api = server.connect(terminal)) {
      JsonNode started =
          resume == null
              ? api.startBatch(
                  new StartBatch(
                      chosen.batch(),
                      chosen.connections(),
                      chosen.tables(),
                      whenBusy.answer(),
                      verify))
              : api.steerBatch(resume, "resume", "sync-all --resume");
      BatchRun run = new BatchRun(terminal, presses, server.json());
      if (detach) {
        run.leave(started);
        return 0;
      }
      String id = ApiClient.read(started, Batch.class).id();
      return run.follow(api, id, "Batch " + id + (resume == null ? " started." : " resumed."));
    }
  }

  private void check() {
    if (resume != null && (chosen.any() || verify != null)) {
      throw new ParameterException(
          spec.commandLine(),
          "--resume goes on with what the batch was started with; leave --batch, --connection,"
              + " --tables and --verify out.");
    }
  }
}
