package dev.tidemark.connect.configuration;

import dev.tidemark.connect.catalog.TablePattern;
import dev.tidemark.connect.failure.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks the tables that somebody names, as far as this can be done without a catalog. */
final class AskedTables {

  private final BatchConfiguration batch;
  private final List<String> sources;
  private final List<TablePattern> taken;

  /**
   * Tables of a batch.
   *
   * @param sources those of the batch's connections that are asked for
   */
  AskedTables(BatchConfiguration batch, List<String> sources) {
    this.batch = batch;
    this.sources = sources;
    this.taken = batch.tables().stream().map(TablePattern::parse).toList();
  }

  List<AskedMistake> mistakes(List<String> asked) {
    List<AskedMistake> mistakes = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      mistake(asked.get(i), i).ifPresent(mistakes::add);
    }
    return mistakes;
  }

  private Optional<AskedMistake> mistake(String asked, int index) {
    if (asked.isBlank()) {
      return wrong(asked, index, "is blank", "name a table");
    }
    TablePattern table;
    try {
      table = TablePattern.parse(asked);
    } catch (IllegalArgumentException e) {
      return wrong(asked, index, "is no table", "allowed is " + e.getMessage());
    }
    if (table.isReserved()) {
      return wrong(asked, index, "is reserved", "name " + TablePattern.RESERVED);
    }
    Optional<String> connection = table.connection(connections());
    if (connection.isPresent() && !sources.contains(connection.get())) {
      return wrong(
          asked,
          index,
          "is of [%s], which is none of the sources asked for".formatted(connection.get()),
          "those are " + String.join(", ", sources));
    }
    return taken.stream().anyMatch(pattern -> pattern.mayTake(table, connections()))
        ? Optional.empty()
        : wrong(
            asked,
            index,
            "is none of the tables of batch " + batch.name(),
            "it takes %s.%s".formatted(String.join(", ", batch.tables()), didYouMean(table)));
  }

  private static Optional<AskedMistake> wrong(
      String asked, int index, String wrong, String allowed) {
    return Optional.of(new AskedMistake("tables", index, asked, wrong, allowed));
  }

  private List<String> connections() {
    return batch.sources().stream().map(source -> source.connection()).toList();
  }

  private String didYouMean(TablePattern table) {
    return Suggestion.question(
        Suggestion.nearest(
            table.table(),
            taken.stream().filter(pattern -> !pattern.hasWildcard()).toList(),
            TablePattern::table,
            TablePattern::toString,
            3));
  }
}
