package dev.tidemark.workflows.verification;

import dev.tidemark.workflows.batch.BatchSpec;
import java.util.Objects;

/**
 * Input of {@link VerifyWorkflow}.
 *
 * @param id of the verification and of its workflow
 * @param spec what a batch would sync
 * @param limit most differing keys to name of one table
 * @param requestedBy name of the API key that asked
 */
public record VerificationInput(String id, BatchSpec spec, int limit, String requestedBy) {

  public static final int DEFAULT_LIMIT = 100;

  /** Keys named of all tables together: a report must stay far below what Temporal carries. */
  public static final int MOST_KEYS = 2_000;

  public VerificationInput {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(spec, "spec");
    Objects.requireNonNull(requestedBy, "requestedBy");
    if (limit < 0 || limit > MOST_KEYS) {
      throw new IllegalArgumentException("limit must be from 0 to " + MOST_KEYS);
    }
  }
}
