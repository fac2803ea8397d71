package dev.tidemark.connect.table;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Rows that come line by line, straight from a database. */
public abstract class LineStream extends RowStream {

  private long rows;

  /** The next line with its line feed, or null at the end. */
  protected abstract byte @Nullable [] nextLine() throws IOException;

  @Override
  protected final byte @Nullable [] nextPiece() throws IOException {
    byte[] line = nextLine();
    if (line != null) {
      rows++;
    }
    return line;
  }

  @Override
  public final long rows() {
    return rows;
  }
}
