package dev.tidemark.cli.batch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.Shell;
import dev.tidemark.cli.client.ApiClient;
import dev.tidemark.cli.client.Batch;
import dev.tidemark.cli.client.ServerOptions;
import dev.tidemark.cli.client.StartBatch;
import dev.tidemark.cli.terminal.Interruption;
import dev.tidemark.cli.terminal.Terminal;
import java.time.Duration;
import java.util.List;
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
      "it interrupts. Exit code: 0 when the batch completed, 1 when not, 2 on wrong usage."
    })
public final class SyncAllCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Presses presses;

  @Mixin private ServerOptions server = new ServerOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--batch",
      paramLabel = "NAME",
      description = "Batch of the configuration; may be left out when there is one only.")
  private @Nullable String batch;

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
      description = {
        "Tables to sync; all unless named. As ad_org, AdOrg, schema.ad_org or",
        "connection.ad_org; * and ? stand for any characters. In quotes, such as '\"a b\"',",
        "a name means itself alone."
      })
  private List<String> tables = List.of();

  @Option(
      names = "--when-busy",
      paramLabel = "wait|refuse",
      description = "What a table does whose data another sync holds.")
  private @Nullable String whenBusy;

  @Option(
      names = "--resume",
      paramLabel = "ID",
      description = "Resume an interrupted, failed or paused batch where it stopped.")
  private @Nullable String resume;

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
              ? api.startBatch(new StartBatch(batch, connections, tables, whenBusy))
              : api.steerBatch(resume, "resume", "sync-all --resume");
      String id = ApiClient.read(started, Batch.class).id();
      if (detach) {
        tellStart(started, id);
        return 0;
      }
      return follow(api, id);
    }
  }

  private void check() {
    if (resume != null && (batch != null || !connections.isEmpty() || !tables.isEmpty())) {
      throw new ParameterException(
          spec.commandLine(),
          "--resume goes on with what the batch was started with; leave --batch, --connection and"
              + " --tables out.");
    }
    if (whenBusy != null && !List.of("wait", "refuse").contains(whenBusy)) {
      throw new ParameterException(
          spec.commandLine(), "--when-busy is wait or refuse, not " + whenBusy + ".");
    }
  }

  private void tellStart(JsonNode started, String id) {
    if (server.json()) {
      terminal.print(started.toPrettyString());
    } else {
      terminal.print("Started " + id + ".");
      terminal.print("Watch it: " + Shell.command("sync-status", id, "--watch"));
    }
  }

  private int follow(ApiClient api, String id) {
    Interruption.onCtrlC(presses::press);
    if (!server.json() && !terminal.interactive()) {
      terminal.print("Batch " + id + (resume == null ? " started." : " resumed."));
    }
    Duration tick = Duration.ofMillis(terminal.interactive() ? 400 : 1000);
    Follower.Outcome outcome =
        new Follower(terminal, presses, server.json(), tick).follow(new FollowedBatch(api, id));
    JsonNode last = api.batch(id);
    Batch ended = ApiClient.read(last, Batch.class);
    if (server.json()) {
      terminal.print(last.toPrettyString());
    } else if (outcome == Follower.Outcome.DETACHED) {
      terminal.print("The batch goes on. Watch it: " + Shell.command("sync-status", id, "--watch"));
    } else {
      terminal.print("");
      new BatchReport(terminal).full(ended, false).forEach(terminal::print);
    }
    return ended.completed() || outcome == Follower.Outcome.DETACHED ? 0 : 1;
  }
}
