package dev.tidemark.connect.table;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Rows that are held up on their way, so that no more of them pass than may. */
public final class PacedRows extends RowStream {

  /** Told of each piece before it passes on; takes the time that it has to take. */
  @FunctionalInterface
  public interface Pace {
    void passed(long rows, long bytes);
  }

  private final RowStream stream;
  private final Pace pace;

  /**
   * Rows at a pace.
   *
   * @param stream closed with this
   */
  public PacedRows(RowStream stream, Pace pace) {
    this.stream = stream;
    this.pace = pace;
  }

  @Override
  protected byte @Nullable [] nextPiece() throws IOException {
    byte[] piece = stream.nextPiece();
    if (piece != null) {
      pace.passed(lines(piece), piece.length);
    }
    return piece;
  }

  /** Line feeds within values are escaped. */
  private static long lines(byte[] piece) {
    long lines = 0;
    for (byte octet : piece) {
      if (octet == '\n') {
        lines++;
      }
    }
    return lines;
  }

  @Override
  public long rows() {
    return stream.rows();
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
