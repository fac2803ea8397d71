package dev.tidemark.cli.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to start.
 *
 * @param batch name in the configuration; null when only one is configured
 * @param connections sources to take; all when empty
 * @param tables tables to take; all of the batch when empty
 * @param whenBusy wait or refuse; null takes the configuration's
 * @param verify whether to compare the tables when they are done; null takes the configuration's
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StartBatch(
    @Nullable String batch,
    List<String> connections,
    List<String> tables,
    @Nullable String whenBusy,
    @Nullable Boolean verify) {

  /** A batch that is compared as it is configured. */
  public StartBatch(
      @Nullable String batch,
      List<String> connections,
      List<String> tables,
      @Nullable String whenBusy) {
    this(batch, connections, tables, whenBusy, null);
  }

  public StartBatch {
    connections = List.copyOf(connections);
    tables = List.copyOf(tables);
  }
}
