package dev.tidemark.workflows.batch;

import java.util.Objects;

/**
 * What the archive keeps of a batch.
 *
 * @param spec what the batch syncs, kept so that it can be resumed without Temporal's history
 * @param options what was asked for
 * @param progress how it stands
 */
public record ArchiveInput(BatchSpec spec, BatchOptions options, BatchProgress progress) {

  public ArchiveInput {
    Objects.requireNonNull(spec, "spec");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(progress, "progress");
  }
}
