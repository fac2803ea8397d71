package dev.tidemark.cli.verification;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.client.ApiClient;
import dev.tidemark.cli.client.RetryLog;
import dev.tidemark.cli.client.Verification;
import dev.tidemark.cli.client.Waiting;
import dev.tidemark.cli.terminal.ExitCode;
import dev.tidemark.cli.terminal.Terminal;

/** A verification: shown until it ends, or as it stands. */
final class VerificationRun {

  private final Terminal terminal;
  private final boolean json;
  private final RetryLog retries;
  private String told = "";

  /**
   * Of one.
   *
   * @param json whether the API's last answer is all that is printed
   */
  VerificationRun(Terminal terminal, boolean json) {
    this.terminal = terminal;
    this.json = json;
    this.retries = new RetryLog(json ? terminal::complain : terminal::print);
  }

  /**
   * Tells how far it is until it has ended, then what it found.
   *
   * @return the exit code of the command
   */
  int follow(ApiClient api, JsonNode started) {
    String id = ApiClient.read(started, Verification.class).id();
    JsonNode last =
        new Waiting(terminal).untilEnded(started, () -> api.verification(id), this::progress);
    if (!json) {
      terminal.print("");
    }
    return report(last);
  }

  private void progress(JsonNode answer) {
    Verification verification = ApiClient.read(answer, Verification.class);
    retries.tell(verification.retries());
    String progress = VerificationText.progress(verification);
    if (!json && verification.running() && !progress.equals(told)) {
      terminal.print(progress);
      told = progress;
    }
  }

  /** Tells what it has found; answers the exit code of the command. */
  int report(JsonNode answer) {
    Verification verification = ApiClient.read(answer, Verification.class);
    if (json) {
      terminal.print(answer.toPrettyString());
    } else {
      VerificationText.report(verification).forEach(terminal::print);
    }
    if (verification.equal()) {
      return 0;
    }
    boolean differs = verification.tables().stream().anyMatch(table -> table.differing() > 0);
    return verification.status().equals("completed") && differs ? ExitCode.DIFFERS : 1;
  }
}
