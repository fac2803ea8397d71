package dev.tidemark.api.batch;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body of a request to start a batch.
 *
 * @param batch name of the batch in the configuration; may be left out when there is one
 * @param connections sources to take; all when left out
 * @param tables tables to take; all when left out
 * @param whenBusy what to do when another sync holds a table; as configured when left out
 * @param verify whether the tables are compared once they are done; as configured when left out
 */
@Schema(
    example =
        "{\"batch\": \"branches\", \"connections\": [\"pgsql_lmp\"], \"tables\": [\"AdOrg\"]}")
public record StartRequest(
    @Nullable String batch,
    @Nullable List<String> connections,
    @Nullable List<String> tables,
    @Schema(allowableValues = {"wait", "refuse"}) @Nullable String whenBusy,
    @Nullable Boolean verify) {

  static final StartRequest EVERYTHING = new StartRequest(null, null, null, null);

  /** What is compared as it is configured. */
  public StartRequest(
      @Nullable String batch,
      @Nullable List<String> connections,
      @Nullable List<String> tables,
      @Nullable String whenBusy) {
    this(batch, connections, tables, whenBusy, null);
  }

  List<String> connectionsOrNone() {
    return connections == null ? List.of() : connections;
  }

  List<String> tablesOrNone() {
    return tables == null ? List.of() : tables;
  }
}
