package dev.tidemark.workflows.verification;

import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableStatus;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One table of a verification.
 *
 * @param status completed when it was compared, whatever was found
 * @param findings null until then
 * @param error why it could not be compared; null when it could
 */
public record VerifiedTable(
    TableId table,
    String targetTable,
    TableStatus status,
    @Nullable Findings findings,
    @Nullable ErrorDetail error) {

  public VerifiedTable {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(targetTable, "targetTable");
    Objects.requireNonNull(status, "status");
  }
}
