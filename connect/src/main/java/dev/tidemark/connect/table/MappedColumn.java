package dev.tidemark.connect.table;

import java.util.Objects;

/**
 * A column of the source and where it goes.
 *
 * @param source the column read
 * @param target name of the column written
 */
public record MappedColumn(Column source, String target) {

  public MappedColumn {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(target, "target");
  }
}
