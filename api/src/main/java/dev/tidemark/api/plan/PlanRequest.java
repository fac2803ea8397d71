package dev.tidemark.api.plan;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body of a request to plan a batch.
 *
 * @param batch name of the batch in the configuration; may be left out when there is one
 * @param connections sources to take; all when left out
 * @param tables tables to take; all when left out
 * @param ddl whether to tell the statements that would be run on the target
 */
@Schema(example = "{\"batch\": \"branches\", \"tables\": [\"AdOrg\"], \"ddl\": true}")
record PlanRequest(
    @Nullable String batch,
    @Nullable List<String> connections,
    @Nullable List<String> tables,
    @Nullable Boolean ddl) {

  static final PlanRequest EVERYTHING = new PlanRequest(null, null, null, null);

  List<String> connectionsOrNone() {
    return connections == null ? List.of() : connections;
  }

  List<String> tablesOrNone() {
    return tables == null ? List.of() : tables;
  }
}
