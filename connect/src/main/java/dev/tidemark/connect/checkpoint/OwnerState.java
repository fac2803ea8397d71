package dev.tidemark.connect.checkpoint;

/** What Temporal says of a run that holds a slice. */
public enum OwnerState {
  RUNNING,
  /** Closed, or forgotten by the cluster that ran it. */
  CLOSED,
  /** Of a cluster or namespace that cannot be asked; then its database session decides. */
  UNKNOWN
}
