package dev.tidemark.workflows.batch;

import java.util.Objects;

/**
 * One source of a batch, to be planned.
 *
 * @param spec the batch
 * @param connection the source to plan
 */
public record PlanInput(BatchSpec spec, String connection) {

  public PlanInput {
    Objects.requireNonNull(spec, "spec");
    Objects.requireNonNull(connection, "connection");
  }
}
