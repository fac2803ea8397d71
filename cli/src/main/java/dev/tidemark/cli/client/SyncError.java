package dev.tidemark.cli.client;

import org.jspecify.annotations.Nullable;

/**
 * What went wrong with a table or a connection.
 *
 * @param code stable code
 * @param message what was being done to what, and what happened
 * @param remedy what to do about it
 */
public record SyncError(@Nullable String code, @Nullable String message, @Nullable String remedy) {}
