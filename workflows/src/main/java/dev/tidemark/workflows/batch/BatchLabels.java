package dev.tidemark.workflows.batch;

import io.temporal.common.SearchAttributes;
import java.util.ArrayList;
import java.util.List;

/** What makes the workflow of a batch read well in Temporal's lists and Web UI. */
public final class BatchLabels {

  private static final int MOST_BYTES_OF_CONNECTIONS = 1_800;

  private BatchLabels() {}

  /** Of a batch that starts. */
  public static SearchAttributes searchAttributes(BatchInput input) {
    return searchAttributes(RunIds.kindOf(input.batchId()), input.spec());
  }

  /** Of a run of another kind that starts and is about a batch's tables. */
  public static SearchAttributes searchAttributes(String kind, BatchSpec spec) {
    return SearchAttributes.newBuilder()
        .set(dev.tidemark.workflows.SearchAttributes.KIND, kind)
        .set(dev.tidemark.workflows.SearchAttributes.STATUS, "running")
        .set(dev.tidemark.workflows.SearchAttributes.BATCH, spec.name())
        .set(dev.tidemark.workflows.SearchAttributes.CONNECTION, connections(spec))
        .build();
  }

  /**
   * The connections that runs of a batch are found by: its sources and its target. Temporal takes
   * no more than 2 KB of them, so the last of very many sources are left out.
   */
  public static List<String> connections(BatchSpec spec) {
    List<String> connections = new ArrayList<>();
    int room = MOST_BYTES_OF_CONNECTIONS - bytes(spec.target());
    for (SourceSpec source : spec.sources()) {
      room -= bytes(source.connection());
      if (room < 0) {
        break;
      }
      connections.add(source.connection());
    }
    connections.add(spec.target());
    return connections.stream().distinct().toList();
  }

  /** In UTF-8, with its quotes and a comma. */
  private static int bytes(String name) {
    return name.chars().map(character -> character < 128 ? 1 : 3).sum() + 3;
  }

  /** One line. At most 400 bytes are kept of a summary. */
  public static String summary(BatchInput input) {
    BatchSpec spec = input.spec();
    String sources =
        String.join(", ", spec.sources().stream().map(SourceSpec::connection).toList());
    String kind = RunIds.kindOf(input.batchId()).equals("repair") ? "repair " : "";
    String summary = kind + spec.name() + ": " + sources + " → " + spec.target();
    return summary.length() <= 120 ? summary : summary.substring(0, 119) + "…";
  }

  /** In Markdown. */
  public static String details(BatchInput input) {
    String tables = String.join(", ", input.spec().tables());
    return """
        Batch **%s**, started by %s.

        - tables: %s
        - at once: %d, of one source: %d
        - %s
        """
        .formatted(
            input.spec().name(),
            input.options().requestedBy(),
            tables.length() <= 1_000 ? tables : tables.substring(0, 999) + "…",
            input.spec().parallelTables(),
            input.spec().parallelTablesPerConnection(),
            input.firstStartedAt() == null
                ? "first run"
                : "resumed; first run at " + input.firstStartedAt());
  }
}
