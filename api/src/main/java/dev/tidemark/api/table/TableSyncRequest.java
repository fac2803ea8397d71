package dev.tidemark.api.table;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Body of a request to sync one table without a batch.
 *
 * @param connection source; needed
 * @param table table to read; needed
 * @param batch whose configuration holds; may be left out when one batch has the connection
 * @param whenBusy what to do when another sync holds the table; as configured when left out
 */
@Schema(example = "{\"connection\": \"pgsql_sby\", \"table\": \"MProduct\"}")
public record TableSyncRequest(
    @Nullable String connection,
    @Nullable String table,
    @Nullable String batch,
    @Schema(allowableValues = {"wait", "refuse"}) @Nullable String whenBusy) {}
