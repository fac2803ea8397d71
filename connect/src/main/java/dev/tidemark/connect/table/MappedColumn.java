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
 * @param written the target's column; null as long as nobody has looked at its table
 */
public record MappedColumn(
    Column source, String target, @Nullable ColumnType cast, @Nullable Column written) {

  public MappedColumn {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(target, "target");
  }

  /** A column of which the target's is not known. */
  public MappedColumn(Column source, String target, @Nullable ColumnType cast) {
    this(source, target, cast, null);
  }

  /** A column whose type nobody cares for. */
  public MappedColumn(Column source, String target) {
    this(source, target, null);
  }

  /** The same with the target's column. */
  MappedColumn into(TableShape table) {
    return new MappedColumn(source, target, cast, table.column(target).orElse(null));
  }

  /** Both sides, as the source sees them; of a target that is not known, one like the source. */
  ColumnPair pair() {
    return new ColumnPair(source, written == null ? source : written);
  }
}
