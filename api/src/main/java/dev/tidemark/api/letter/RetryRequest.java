package dev.tidemark.api.letter;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Body of a request that tries all open letters of a table again.
 *
 * @param connection of the target; may be left out where the table has open letters in one target
 *     alone
 * @param table of the target
 */
@Schema(
    name = "DeadLetterRetryRequest",
    example = "{\"connection\": \"dashboard\", \"table\": \"c_invoice\"}")
record RetryRequest(@Nullable String connection, @Nullable String table) {}
