package dev.tidemark.api.batch;

import org.jspecify.annotations.Nullable;

/**
 * Body of a request to interrupt a batch.
 *
 * @param reason why; stands in the workflow's history
 */
public record InterruptRequest(@Nullable String reason) {}
