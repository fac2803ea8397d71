package dev.tidemark.api.batch;

import dev.tidemark.api.problem.Problem.Mistake;
import dev.tidemark.connect.catalog.TablePattern;
import dev.tidemark.connect.configuration.BatchConfiguration;
import dev.tidemark.connect.failure.Suggestion;
import java.util.List;
import java.util.Optional;

/** Checks the tables that a request names, as far as this can be done without a catalog. */
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

  void check(List<String> asked, List<Mistake> mistakes) {
    for (int i = 0; i < asked.size(); i++) {
      int index = i;
      mistake(asked.get(i))
          .ifPresent(message -> mistakes.add(new Mistake("tables[" + index + "]", message)));
    }
  }

  private Optional<String> mistake(String asked) {
    if (asked.isBlank()) {
      return Optional.of("must not be blank");
    }
    TablePattern table;
    try {
      table = TablePattern.parse(asked);
    } catch (IllegalArgumentException e) {
      return Optional.of("[%s] is no table; allowed is %s".formatted(asked, e.getMessage()));
    }
    if (table.isReserved()) {
      return Optional.of("[%s] is reserved; name %s".formatted(asked, TablePattern.RESERVED));
    }
    Optional<String> connection = table.connection(connections());
    if (connection.isPresent() && !sources.contains(connection.get())) {
      return Optional.of(
          "[%s] is of [%s], which is none of the sources asked for: %s"
              .formatted(asked, connection.get(), String.join(", ", sources)));
    }
    return taken.stream().anyMatch(pattern -> pattern.mayTake(table, connections()))
        ? Optional.empty()
        : Optional.of(
            "[%s] is none of the tables of batch %s, which takes %s.%s"
                .formatted(
                    asked, batch.name(), String.join(", ", batch.tables()), didYouMean(table)));
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
