package dev.tidemark.connect.checkpoint;

import java.util.Objects;

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
}
