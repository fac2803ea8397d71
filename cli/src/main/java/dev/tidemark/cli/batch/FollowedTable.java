package dev.tidemark.cli.batch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.Shell;
import dev.tidemark.cli.client.ApiClient;
import dev.tidemark.cli.client.Table;

/**
 * A table that is synced on its own.
 *
 * @param table as it was when its sync started
 */
record FollowedTable(ApiClient api, Table table) implements Followed {

  static Table tableOf(JsonNode answer) {
    return ApiClient.read(answer.path("table"), Table.class);
  }

  @Override
  public Progress look() {
    return Progress.of(tableOf(api.table(table.connection(), table.id())));
  }

  @Override
  public void interrupt(String reason) {
    api.interruptTable(table.connection(), table.id(), reason);
  }

  @Override
  public String commandToLookAgain() {
    return Shell.command("sync-table", table.name(), "--connection", table.connection());
  }
}
