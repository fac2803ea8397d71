package dev.tidemark.workflows.verification;

import dev.tidemark.workflows.table.TableTask;
import java.util.Objects;

/**
 * One table to verify.
 *
 * @param table as a batch would sync it
 * @param limit most differing keys to name
 */
public record VerificationTask(TableTask table, int limit) {

  public VerificationTask {
    Objects.requireNonNull(table, "table");
    if (limit < 0) {
      throw new IllegalArgumentException("limit must not be negative");
    }
  }
}
