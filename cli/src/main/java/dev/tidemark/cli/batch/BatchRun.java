package dev.tidemark.cli.batch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.Shell;
import dev.tidemark.cli.client.ApiClient;
import dev.tidemark.cli.client.Batch;
import dev.tidemark.cli.terminal.ExitCode;
import dev.tidemark.cli.terminal.Interruption;
import dev.tidemark.cli.terminal.Terminal;
import java.time.Duration;

/** A batch that a command has started: shown until it ends, or left alone. */
final class BatchRun {

  private final Terminal terminal;
  private final Presses presses;
  private final boolean json;

  /**
   * @param json whether the API's answer is all that is printed
   */
  BatchRun(Terminal terminal, Presses presses, boolean json) {
    this.terminal = terminal;
    this.presses = presses;
    this.json = json;
  }

  /** Says how to find it again. */
  void leave(JsonNode started) {
    String id = ApiClient.read(started, Batch.class).id();
    if (json) {
      terminal.print(started.toPrettyString());
    } else {
      terminal.print("Started " + id + ".");
      terminal.print("Watch it: " + Shell.command("sync-status", id, "--watch"));
      terminal.print("Stop it: " + Shell.command("batches", "interrupt", id));
    }
  }

  /**
   * Shows it until it has ended.
   *
   * @param began the first line where lines stay
   * @return the exit code of the command
   */
  int follow(ApiClient api, String id, String began) {
    Interruption.onCtrlC(presses::press);
    if (!json && !terminal.interactive()) {
      terminal.print(began);
    }
    Duration tick = Duration.ofMillis(terminal.interactive() ? 400 : 1000);
    Follower.Outcome outcome =
        new Follower(terminal, presses, json, tick).follow(new FollowedBatch(api, id));
    JsonNode last = api.batch(id);
    Batch ended = ApiClient.read(last, Batch.class);
    if (json) {
      terminal.print(last.toPrettyString());
    } else if (outcome == Follower.Outcome.DETACHED) {
      terminal.print("The batch goes on. Watch it: " + Shell.command("sync-status", id, "--watch"));
    } else {
      terminal.print("");
      new BatchReport(terminal).full(ended, false).forEach(terminal::print);
    }
    return outcome == Follower.Outcome.DETACHED ? 0 : exitCode(ended);
  }

  private static int exitCode(Batch ended) {
    if (!ended.completed()) {
      return 1;
    }
    return ended.differs() ? ExitCode.DIFFERS : 0;
  }
}
