package dev.tidemark.connect.checkpoint;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A workflow run that holds a slice.
 *
 * @param namespace id of the Temporal namespace; ids differ between clusters, names need not
 * @param workflowId id of the workflow
 * @param runId id of the run
 */
public record Owner(String namespace, String workflowId, String runId) {

  public Owner {
    Objects.requireNonNull(namespace, "namespace");
    Objects.requireNonNull(workflowId, "workflowId");
    Objects.requireNonNull(runId, "runId");
  }

  /** As a row tells it; null where it tells of none. */
  static @Nullable Owner of(
      @Nullable String namespace, @Nullable String workflowId, @Nullable String runId) {
    return namespace == null || workflowId == null || runId == null
        ? null
        : new Owner(namespace, workflowId, runId);
  }
}
