package dev.tidemark.cli.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.client.ApiClient;
import dev.tidemark.cli.client.Plan;
import dev.tidemark.cli.client.RetryLog;
import dev.tidemark.cli.client.Waiting;
import dev.tidemark.cli.terminal.Terminal;

/** A plan: awaited, or shown as it stands. */
final class PlanRun {

  /** Something would refuse the batch. */
  static final int REFUSED = 3;

  private final Terminal terminal;
  private final boolean json;

  /**
   * Of one.
   *
   * @param json whether the API's last answer is all that is printed
   */
  PlanRun(Terminal terminal, boolean json) {
    this.terminal = terminal;
    this.json = json;
  }

  /** Waits until all is told, and tells it; answers the exit code of the command. */
  int follow(ApiClient api, JsonNode started) {
    String id = ApiClient.read(started, Plan.class).id();
    RetryLog retries = new RetryLog(json ? terminal::complain : terminal::print);
    return report(
        new Waiting(terminal)
            .untilEnded(
                started,
                () -> api.plan(id),
                answer -> retries.tell(ApiClient.read(answer, Plan.class).retries())));
  }

  /** Tells what is planned; answers the exit code of the command. */
  int report(JsonNode answer) {
    Plan plan = ApiClient.read(answer, Plan.class);
    if (json) {
      terminal.print(answer.toPrettyString());
    } else {
      PlanText.report(plan).forEach(terminal::print);
    }
    if (!plan.status().equals("completed")) {
      return 1;
    }
    return plan.passes() ? 0 : REFUSED;
  }
}
