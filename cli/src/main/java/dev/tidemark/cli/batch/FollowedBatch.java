package dev.tidemark.cli.batch;

import dev.tidemark.cli.Shell;
import dev.tidemark.cli.client.ApiClient;
import dev.tidemark.cli.client.Batch;

/** A batch at the API. */
record FollowedBatch(ApiClient api, String id) implements Followed {

  @Override
  public Progress look() {
    return Progress.of(ApiClient.read(api.batch(id), Batch.class));
  }

  @Override
  public void interrupt(String reason) {
    api.steerBatch(id, "interrupt", reason);
  }

  @Override
  public String commandToLookAgain() {
    return Shell.command("sync-status", id, "--watch");
  }
}
