package dev.tidemark.connect.configuration;

import java.util.Map;
import java.util.Objects;

/**
 * One source of a batch.
 *
 * @param connection name of the connection to read
 * @param constants target column to fixed value for all tables of this source
 */
public record SourceConfiguration(String connection, Map<String, String> constants) {

  public SourceConfiguration {
    Objects.requireNonNull(connection, "connection");
    constants = Ordered.copyOf(constants);
  }
}
