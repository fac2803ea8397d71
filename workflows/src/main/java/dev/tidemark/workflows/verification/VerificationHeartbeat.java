package dev.tidemark.workflows.verification;

import dev.tidemark.workflows.table.TableId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a running {@code verifyTable} stands; the next attempt goes on from there.
 *
 * @param table the table, since activity ids cannot be chosen
 * @param cursor the key up to which the findings are complete; null at the start
 * @param findings what was found up to there
 * @param failures real failures in a row, without a step forward in between
 */
public record VerificationHeartbeat(
    TableId table, @Nullable List<String> cursor, Findings findings, int failures) {

  public VerificationHeartbeat {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(findings, "findings");
    cursor = cursor == null ? null : List.copyOf(cursor);
  }
}
