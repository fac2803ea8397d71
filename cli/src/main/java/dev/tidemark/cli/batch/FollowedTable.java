package dev.tidemark.cli.batch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.Shell;
import dev.tidemark.cli.client.ApiClient;
import dev.tidemark.cli.client.Table;

/** A table that is synced on its own. */
record FollowedTable(ApiClient api, String connection, String table) implements Followed {

  static Table tableOf(JsonNode answer) {
    return ApiClient.read(answer.path("table"), Table.class);
  }

  @Override
  public Progress look() {
    return Progress.of(tableOf(api.table(connection, table)));
  }

  @Override
  public void interrupt(String reason) {
    api.interruptTable(connection, table, reason);
  }

  @Override
  public String commandToLookAgain() {
    return Shell.command("sync-table", table, "--connection", connection);
  }
}
