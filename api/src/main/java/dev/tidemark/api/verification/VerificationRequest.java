package dev.tidemark.api.verification;

import dev.tidemark.workflows.verification.VerificationInput;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body of a request to compare the tables of a batch with the target.
 *
 * @param batch name of the batch in the configuration; may be left out when there is one
 * @param connections sources to take; all when left out
 * @param tables tables to take; all when left out
 * @param limit most differing keys to name of one table; 100 when left out
 */
@Schema(example = "{\"batch\": \"branches\", \"tables\": [\"AdOrg\"], \"limit\": 20}")
record VerificationRequest(
    @Nullable String batch,
    @Nullable List<String> connections,
    @Nullable List<String> tables,
    @Nullable Integer limit) {

  static final VerificationRequest EVERYTHING = new VerificationRequest(null, null, null, null);

  int limitOrDefault() {
    return limit == null ? VerificationInput.DEFAULT_LIMIT : limit;
  }

  List<String> connectionsOrNone() {
    return connections == null ? List.of() : connections;
  }

  List<String> tablesOrNone() {
    return tables == null ? List.of() : tables;
  }
}
