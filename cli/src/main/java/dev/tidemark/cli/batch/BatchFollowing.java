package dev.tidemark.cli.batch;

import dev.tidemark.cli.client.ApiClient;
import dev.tidemark.cli.client.Batch;
import dev.tidemark.cli.client.StartBatch;
import dev.tidemark.cli.terminal.Terminal;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Starts a batch and follows it for another command. */
public final class BatchFollowing {

  private final Follower follower;
  private @Nullable FollowedBatch batch;

  public BatchFollowing(Terminal terminal, Presses presses, Duration tick) {
    this.follower = new Follower(terminal, presses, false, tick);
  }

  /** Starts a batch; the answer can be followed as it is, or wrapped. */
  public Followed start(ApiClient api, StartBatch request) {
    batch = new FollowedBatch(api, ApiClient.read(api.startBatch(request), Batch.class).id());
    return batch;
  }

  /** Shows it until it has ended. */
  public Batch untilClosed(Followed subject) {
    follower.follow(subject);
    FollowedBatch followed = Objects.requireNonNull(batch, "nothing was started");
    return ApiClient.read(followed.api().batch(followed.id()), Batch.class);
  }

  /** Says something between two pictures of the progress. */
  public void tell(String line) {
    follower.tell(line);
  }
}
