package dev.tidemark.connect.control;

import org.jspecify.annotations.Nullable;

/**
 * Which batches a list shows; null takes any.
 *
 * @param status status in lower case
 * @param name name in the configuration
 * @param connection source of at least one of its tables
 */
public record BatchFilter(
    @Nullable String status, @Nullable String name, @Nullable String connection) {

  public static final BatchFilter ANY = new BatchFilter(null, null, null);
}
