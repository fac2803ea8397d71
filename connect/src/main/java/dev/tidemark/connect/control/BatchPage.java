package dev.tidemark.connect.control;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Part of a list of batches.
 *
 * @param batches newest first
 * @param nextCursor where the next page starts; null on the last page
 */
public record BatchPage(List<ArchivedBatch> batches, @Nullable String nextCursor) {

  public BatchPage {
    batches = List.copyOf(batches);
  }
}
