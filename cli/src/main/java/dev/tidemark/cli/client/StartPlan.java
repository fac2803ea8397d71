package dev.tidemark.cli.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to plan.
 *
 * @param batch name in the configuration; null when only one is configured
 * @param connections sources to take; all when empty
 * @param tables tables to take; all of the batch when empty
 * @param ddl true to be told the statements that would be run on the target, else null
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StartPlan(
    @Nullable String batch, List<String> connections, List<String> tables, @Nullable Boolean ddl) {

  public StartPlan {
    connections = List.copyOf(connections);
    tables = List.copyOf(tables);
  }
}
