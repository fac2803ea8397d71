package dev.tidemark.api.run;

import dev.tidemark.workflows.batch.BatchLabels;
import dev.tidemark.workflows.batch.BatchSpec;
import io.temporal.common.SearchAttributes;
import java.util.Objects;

/**
 * What runs of a batch's tables are found by in Temporal, before a worker has taken them up.
 *
 * @param kind such as {@code verification}
 * @param summary one line for people
 */
public record RunLabels(String kind, BatchSpec spec, String summary) {

  public RunLabels {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(spec, "spec");
    Objects.requireNonNull(summary, "summary");
  }

  SearchAttributes searchAttributes() {
    return BatchLabels.searchAttributes(kind, spec);
  }
}
