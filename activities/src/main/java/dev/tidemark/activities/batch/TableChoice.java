package dev.tidemark.activities.batch;

import dev.tidemark.connect.catalog.TablePath;
import dev.tidemark.connect.catalog.TablePattern;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.SourceSpec;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The tables of one source that a batch takes. */
final class TableChoice {

  private TableChoice() {}

  /** Those of the tables that the batch takes, in their order. */
  static <T> List<T> of(
      BatchSpec spec, String connection, List<T> tables, Function<? super T, TablePath> path) {
    Set<T> taken = new HashSet<>();
    patterns(spec, connection, spec.tables())
        .forEach(pattern -> taken.addAll(pattern.select(tables, path)));
    patterns(spec, connection, spec.excludeTables())
        .forEach(pattern -> pattern.select(tables, path).forEach(taken::remove));
    return tables.stream().filter(taken::contains).toList();
  }

  /** Those of the patterns that may mean a table of this source. */
  static List<TablePattern> patterns(
      BatchSpec spec, String connection, Collection<String> patterns) {
    List<String> sources = spec.sources().stream().map(SourceSpec::connection).toList();
    return patterns.stream()
        .map(TablePattern::parse)
        .filter(pattern -> pattern.mayMean(connection, sources))
        .toList();
  }
}
