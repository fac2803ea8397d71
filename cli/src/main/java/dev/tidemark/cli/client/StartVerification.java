package dev.tidemark.cli.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to verify.
 *
 * @param batch name in the configuration; null when only one is configured
 * @param connections sources to take; all when empty
 * @param tables tables to take; all of the batch when empty
 * @param limit most differing keys to name of one table; null for the usual
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StartVerification(
    @Nullable String batch,
    List<String> connections,
    List<String> tables,
    @Nullable Integer limit) {

  public StartVerification {
    connections = List.copyOf(connections);
    tables = List.copyOf(tables);
  }
}
