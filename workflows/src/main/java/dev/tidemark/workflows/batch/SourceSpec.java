package dev.tidemark.workflows.batch;

import java.util.Map;
import java.util.Objects;

/**
 * One source of a batch.
 *
 * @param connection name of the connection
 * @param constants target column to fixed value for every table of this source, such as {@code
 *     branch: lmp}
 */
public record SourceSpec(String connection, Map<String, String> constants) {

  public SourceSpec {
    Objects.requireNonNull(connection, "connection");
    constants = Map.copyOf(Objects.requireNonNull(constants, "constants"));
  }
}
