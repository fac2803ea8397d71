package dev.tidemark.activities.table;

import dev.tidemark.connect.table.Column;
import dev.tidemark.connect.table.Mask;
import dev.tidemark.connect.table.MaskKey;
import dev.tidemark.connect.table.RowChoice;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.workflows.table.RowSpec;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From what a workflow says of rows to what the engine reads. */
final class RowChoices {

  private RowChoices() {}

  /** With columns as the catalog spells them; one that it does not have is kept, to be refused. */
  static RowChoice of(RowSpec rows, TableShape source, @Nullable String maskKey) {
    Map<String, Mask> masks = new HashMap<>();
    rows.mask()
        .forEach(
            (column, how) ->
                masks.put(
                    source.column(column).map(Column::name).orElse(column),
                    Mask.valueOf(how.toUpperCase(Locale.ROOT))));
    return new RowChoice(rows.filter(), masks, maskKey == null ? null : new MaskKey(maskKey));
  }
}
