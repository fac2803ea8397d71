package dev.tidemark.connect.table;

import dev.tidemark.connect.type.ColumnType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A column of the source and where it goes.
 *
 * @param source the column read
 * @param target name of the column written
 * @param cast the type that somebody wants for it where Tidemark makes the column; null for the one
 *     that holds all of the source's values
 */
public record MappedColumn(Column source, String target, @Nullable ColumnType cast) {

  public MappedColumn {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(target, "target");
  }

  /** A column whose type nobody cares for. */
  public MappedColumn(Column source, String target) {
    this(source, target, null);
  }
}
