package dev.tidemark.activities.table;

import dev.tidemark.connect.letter.MaskedColumns;
import dev.tidemark.connect.table.MappedColumn;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.workflows.PayloadJson;
import dev.tidemark.workflows.table.TableSpec;
import dev.tidemark.workflows.table.TableTask;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Columns that are masked now, or were so when a letter was written. */
record LetterMasks(TableMapping mapping) implements MaskedColumns {

  @Override
  public Set<String> of(String task) {
    // A configuration may spell a column in another letter case than the catalog.
    Set<String> masked = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    mapping.columns().stream()
        .filter(column -> mapping.rows().masks().containsKey(column.source().name()))
        .map(MappedColumn::target)
        .forEach(masked::add);
    TableSpec before = PayloadJson.read(task, TableTask.class).spec();
    Map<String, String> renamed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    renamed.putAll(before.rename());
    before
        .rows()
        .mask()
        .keySet()
        .forEach(column -> masked.add(renamed.getOrDefault(column, column)));
    return masked;
  }
}
