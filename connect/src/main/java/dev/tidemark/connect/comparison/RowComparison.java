package dev.tidemark.connect.comparison;

import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Compares single rows of a source table with those of its slice of the target, by their keys. */
public final class RowComparison {

  private final ComparedTable source;
  private final ComparedTable target;

  /** A comparison that uses each session while it is asked. */
  public RowComparison(Side source, Side target, TableMapping mapping, TableShape shape) {
    this.source = ComparedTable.source(source, mapping, shape);
    this.target = ComparedTable.slice(target, mapping, shape);
  }

  /** Whether both sides have a row of a key, with the same values. */
  public boolean areEqual(List<String> key) throws SQLException {
    Optional<List<Long>> here = source.columnFingerprints(key);
    return here.isPresent() && here.equals(target.columnFingerprints(key));
  }
}
