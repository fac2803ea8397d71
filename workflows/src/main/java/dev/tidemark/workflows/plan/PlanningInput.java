package dev.tidemark.workflows.plan;

import dev.tidemark.workflows.batch.BatchSpec;
import java.util.Objects;

/**
 * Input of {@link PlanWorkflow}.
 *
 * @param id of the plan and of its workflow
 * @param spec what a batch would sync
 * @param ddl whether the statements are told that would be run on the target
 * @param requestedBy name of the API key that asked
 */
public record PlanningInput(String id, BatchSpec spec, boolean ddl, String requestedBy) {

  public PlanningInput {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(spec, "spec");
    Objects.requireNonNull(requestedBy, "requestedBy");
  }
}
