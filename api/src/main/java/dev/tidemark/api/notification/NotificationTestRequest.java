package dev.tidemark.api.notification;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Body of a request to try out who is told.
 *
 * @param rule place in the list of the configuration, from 0; all when left out
 */
@Schema(name = "NotificationTestRequest")
public record NotificationTestRequest(@Nullable Integer rule) {}
