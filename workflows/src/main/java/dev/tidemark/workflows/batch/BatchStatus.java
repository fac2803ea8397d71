package dev.tidemark.workflows.batch;

/** How a batch stands; closed states map to Temporal's Completed, Failed and Canceled. */
public enum BatchStatus {
  RUNNING,
  COMPLETED,
  FAILED,
  INTERRUPTED
}
