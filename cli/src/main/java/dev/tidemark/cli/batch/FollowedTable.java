package dev.tidemark.cli.batch;

import dev.tidemark.cli.client.ApiClient;
import dev.tidemark.cli.client.Table;
import dev.tidemark.cli.client.TableSync;

/**
 * A table that is synced on its own.
 *
 * @param table as it was when its sync started
 */
record FollowedTable(ApiClient api, Table table) implements Followed {

  @Override
  public Progress look() {
    return Progress.of(ApiClient.read(api.table(table.connection(), table.id()), TableSync.class));
  }

  @Override
  public void interrupt(String reason) {
    api.interruptTable(table.connection(), table.id(), reason);
  }

  @Override
  public String commandToLookAgain() {
    return TableSyncRun.command("show", table) + " --watch";
  }
}
