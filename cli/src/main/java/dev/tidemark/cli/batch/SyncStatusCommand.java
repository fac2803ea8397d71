package dev.tidemark.cli.batch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.Shell;
import dev.tidemark.cli.client.ApiClient;
import dev.tidemark.cli.client.Batch;
import dev.tidemark.cli.client.ServerOptions;
import dev.tidemark.cli.terminal.Interruption;
import dev.tidemark.cli.terminal.Terminal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidemark sync-status}. */
@Command(
    name = "sync-status",
    description = "Show a batch, the latest one, or all of them.",
    footer = {"", "Exit code: 0 when found, 1 when not, 2 on wrong usage."})
public final class SyncStatusCommand implements Callable<Integer> {

  private static final int PAGE = 20;

  /** Which batch to show. */
  static final class Which {

    @Parameters(arity = "1", paramLabel = "ID", description = "The batch with this id.")
    private @Nullable String id;

    @Option(names = "--latest", description = "The latest batch; so without any of these.")
    private boolean latest;

    @Option(names = "--all", description = "The latest 20 batches, a line each.")
    private boolean all;
  }

  private final Terminal terminal;
  private final Presses presses;

  @Mixin private ServerOptions server = new ServerOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @ArgGroup(exclusive = true)
  private Which which = new Which();

  @Option(names = "--failed", description = "Failed tables only; with --all, failed batches only.")
  private boolean failed;

  @Option(names = "--watch", description = "Follow the batch until it ends.")
  private boolean watch;

  @Option(names = "--page", paramLabel = "N", description = "With --all: the N-th page of 20.")
  private int page = 1;

  @Option(
      names = "--cursor",
      paramLabel = "CURSOR",
      description = "With --all: the page after the one that named this cursor.")
  private @Nullable String cursor;

  public SyncStatusCommand(Terminal terminal, Presses presses) {
    this.terminal = terminal;
    this.presses = presses;
  }

  @Override
  public Integer call() {
    if (page < 1) {
      throw new ParameterException(spec.commandLine(), "--page counts from 1.");
    }
    if (which.all && watch) {
      throw new ParameterException(spec.commandLine(), "--watch follows one batch; name it.");
    }
    if (!which.all && (page != 1 || cursor != null)) {
      throw new ParameterException(
          spec.commandLine(), "--page and --cursor turn the pages of --all.");
    }
    try (ApiClient api = server.connect(terminal)) {
      if (which.all) {
        list(api);
      } else {
        show(api);
      }
    }
    return 0;
  }

  private void show(ApiClient api) {
    JsonNode answer = which.latest || which.id == null ? api.latestBatch() : api.batch(which.id);
    Batch batch = ApiClient.read(answer, Batch.class);
    if (watch && batch.running()) {
      Follower.Outcome outcome = watch(api, batch.id());
      if (outcome == Follower.Outcome.DETACHED) {
        return;
      }
      answer = api.batch(batch.id());
      batch = ApiClient.read(answer, Batch.class);
      terminal.print("");
    }
    if (server.json()) {
      terminal.print(answer.toPrettyString());
    } else {
      new BatchReport(terminal).full(batch, failed).forEach(terminal::print);
    }
  }

  /** Here Ctrl+C only ends the looking. */
  private Follower.Outcome watch(ApiClient api, String id) {
    Interruption.endsTheLook(terminal);
    return new Follower(terminal, presses, server.json(), Duration.ofMillis(400))
        .follow(new FollowedBatch(api, id));
  }

  private void list(ApiClient api) {
    Map<String, String> filters = new LinkedHashMap<>();
    if (failed) {
      filters.put("status", "failed");
    }
    JsonNode answer = api.batches(PAGE, cursor, filters);
    for (int turned = 1; turned < page && answer.hasNonNull("nextCursor"); turned++) {
      answer = api.batches(PAGE, answer.get("nextCursor").asText(), filters);
    }
    if (server.json()) {
      terminal.print(answer.toPrettyString());
      return;
    }
    List<Batch> batches = ApiClient.readAll(answer.path("batches"), Batch.class);
    new BatchReport(terminal).list(batches).forEach(terminal::print);
    if (answer.hasNonNull("nextCursor")) {
      String next =
          Shell.command("sync-status", "--all", "--cursor", answer.get("nextCursor").asText());
      terminal.print("");
      terminal.print("More: " + next + (failed ? " --failed" : ""));
    }
  }
}
