package dev.tidemark.cli.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to repair.
 *
 * @param batch name in the configuration; null when only one is configured
 * @param connections sources to take; all when empty
 * @param tables tables to take; all of the batch when empty
 * @param verification id of a verification whose differing tables are taken instead
 * @param deletes ignore, soft or hard; null takes the configuration's
 * @param whenBusy wait or refuse; null takes the configuration's
 * @param verify whether to compare once more; null for not
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StartRepair(
    @Nullable String batch,
    List<String> connections,
    List<String> tables,
    @Nullable String verification,
    @Nullable String deletes,
    @Nullable String whenBusy,
    @Nullable Boolean verify) {

  public StartRepair {
    connections = List.copyOf(connections);
    tables = List.copyOf(tables);
  }
}
