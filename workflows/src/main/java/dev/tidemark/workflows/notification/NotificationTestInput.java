package dev.tidemark.workflows.notification;

import org.jspecify.annotations.Nullable;

/**
 * Input of {@link NotificationTestWorkflow}.
 *
 * @param rule place in the list of the configuration, from 0; all when null
 * @param requestedBy who asked
 */
public record NotificationTestInput(@Nullable Integer rule, String requestedBy) {}
