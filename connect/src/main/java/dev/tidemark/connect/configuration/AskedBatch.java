package dev.tidemark.connect.configuration;

import dev.tidemark.connect.catalog.TablePattern;
import java.util.ArrayList;
import java.util.List;

/** A batch, or the part of it that somebody asks for: some of its sources, some of its tables. */
public final class AskedBatch {

  private final BatchConfiguration batch;
  private final List<String> connections;
  private final List<String> tables;
  private final List<String> asked;

  /**
   * What is asked for.
   *
   * @param connections sources to take; all when empty
   * @param tables tables to take; all when empty
   */
  public AskedBatch(BatchConfiguration batch, List<String> connections, List<String> tables) {
    this.batch = batch;
    this.connections = List.copyOf(connections);
    this.asked = all().stream().filter(source -> takes(this.connections, source)).toList();
    this.tables = List.copyOf(tables);
  }

  public BatchConfiguration batch() {
    return batch;
  }

  /** Everything that cannot be; the rest holds only when there is nothing. */
  public List<AskedMistake> mistakes() {
    List<AskedMistake> mistakes = new ArrayList<>();
    for (int i = 0; i < connections.size(); i++) {
      if (!all().contains(connections.get(i))) {
        mistakes.add(
            new AskedMistake(
                "connections",
                i,
                connections.get(i),
                "is no source of batch " + batch.name(),
                "its sources are " + String.join(", ", all())));
      }
    }
    mistakes.addAll(new AskedTables(batch, asked).mistakes(tables));
    if (mistakes.isEmpty() && tables().isEmpty()) {
      mistakes.add(
          new AskedMistake(
              "connections",
              0,
              String.join(", ", asked),
              "has no tables in batch " + batch.name(),
              "it takes " + String.join(", ", batch.tables())));
    }
    return mistakes;
  }

  /** The sources that are read. */
  public List<SourceConfiguration> sources() {
    return batch.sources().stream()
        .filter(source -> asked.contains(source.connection()))
        .filter(source -> meant(source.connection()))
        .toList();
  }

  /** What is asked for, else what is configured for these sources. */
  public List<String> tables() {
    if (!tables.isEmpty()) {
      return tables;
    }
    return batch.tables().stream()
        .filter(
            pattern ->
                TablePattern.parse(pattern)
                    .connection(all())
                    .map(connection -> takes(asked, connection))
                    .orElse(true))
        .toList();
  }

  /** Whether one of the tables may be on this source. */
  private boolean meant(String source) {
    return tables().stream().anyMatch(table -> TablePattern.parse(table).mayMean(source, asked));
  }

  private List<String> all() {
    return batch.sources().stream().map(SourceConfiguration::connection).toList();
  }

  private static boolean takes(List<String> asked, String source) {
    return asked.isEmpty() || asked.contains(source);
  }
}
