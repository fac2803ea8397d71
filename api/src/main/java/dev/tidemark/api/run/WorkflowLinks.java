package dev.tidemark.api.run;

import dev.tidemark.connect.configuration.TemporalConfiguration;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Links into the Temporal Web UI. */
@Component
public final class WorkflowLinks {

  private final TemporalConfiguration temporal;

  public WorkflowLinks(TidemarkConfiguration configuration) {
    this.temporal = configuration.temporal();
  }

  /** The page of a workflow; null when no Web UI is configured. */
  public @Nullable String to(String workflowId) {
    URI ui = temporal.ui();
    return ui == null
        ? null
        : ui.toString().replaceAll("/+$", "")
            + "/namespaces/"
            + encode(temporal.namespace())
            + "/workflows/"
            + encode(workflowId);
  }

  private static String encode(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
