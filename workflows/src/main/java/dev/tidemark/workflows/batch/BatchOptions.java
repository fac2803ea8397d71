package dev.tidemark.workflows.batch;

import java.util.List;
import java.util.Objects;

/**
 * What the person or program who started the batch asked for, recorded as it was asked.
 *
 * @param connections sources asked for; all of the batch when empty
 * @param tables tables asked for; all of the batch when empty
 * @param requestedBy name of the API key that asked
 */
public record BatchOptions(List<String> connections, List<String> tables, String requestedBy) {

  public BatchOptions {
    connections = List.copyOf(connections);
    tables = List.copyOf(tables);
    Objects.requireNonNull(requestedBy, "requestedBy");
  }
}
