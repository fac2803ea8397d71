package dev.tidemark.connect.copy;

import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.KeyRange;
import dev.tidemark.connect.table.RowStream;
import dev.tidemark.connect.table.SourceTable;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a table chunk by chunk, ahead of whoever writes it: while the target loads and commits one
 * chunk, the source finds and sends the next. What lies between the two is bounded in bytes.
 *
 * <p>The session belongs to the reader until it is closed.
 */
public final class ChunkReader implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ChunkReader.class);
  private static final int BLOCK_BYTES = 1 << 17;
  private static final int BLOCKS_AHEAD = 24;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration TIME_TO_FAIL = Duration.ofSeconds(5);

  /**
   * Rows of a range; to be read to their end before the next chunk is asked for.
   *
   * @param range the keys
   * @param last whether the range that is read ends with it
   */
  public record Chunk(KeyRange range, boolean last, RowStream rows) {}

  private sealed interface Message {}

  private record Begin(OpenRange.Piece piece) implements Message {}

  @SuppressWarnings("ArrayRecordComponent")
  private record Block(byte[] bytes) implements Message {}

  private record End(long rows) implements Message {}

  private record Failure(Throwable cause) implements Message {}

  private final SourceTable source;
  private final Dialect target;
  private final OpenRange range;
  private final ChunkEnds ends;
  private final Duration patience;
  private final BlockingQueue<Message> queue = new ArrayBlockingQueue<>(BLOCKS_AHEAD);
  private final Thread thread;
  private volatile boolean closing;

  /**
   * Starts to read.
   *
   * @param target the dialect for which rows are written
   * @param range what to read
   * @param size asked before each chunk
   */
  public ChunkReader(SourceTable source, Dialect target, OpenRange range, ChunkSize size) {
    this(source, target, range, size, PATIENCE);
  }

  ChunkReader(
      SourceTable source, Dialect target, OpenRange range, ChunkSize size, Duration patience) {
    this.source = source;
    this.target = target;
    this.range = range;
    this.ends = new ChunkEnds(source, size);
    this.patience = patience;
    this.thread = Thread.ofVirtual().name("read " + name()).start(this::readAll);
  }

  private String name() {
    return source.mapping().source().name();
  }

  /**
   * The next chunk; not to be called after the last.
   *
   * @throws SQLException when the source failed
   */
  public Chunk next() throws SQLException {
    Message message = take();
    return switch (message) {
      case Begin begin -> new Chunk(begin.piece().range(), begin.piece().last(), new RowsAhead());
      case Failure failure -> throw rethrown(failure.cause());
      case Block ignored -> throw new IllegalStateException("the chunk before was not read up");
      case End ignored -> throw new IllegalStateException("the chunk before was not read up");
    };
  }

  private static SQLException rethrown(Throwable cause) {
    if (cause instanceof RuntimeException runtime) {
      throw runtime;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof SQLException sql ? sql : RowStream.unreadable(cause);
  }

  private Message take() {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the source", e);
    }
  }

  private void readAll() {
    try {
      boolean more = true;
      while (more && !closing) {
        OpenRange.Piece piece = range.take(ends::in);
        put(new Begin(piece));
        read(piece.range());
        more = !piece.last();
      }
    } catch (Throwable e) {
      // Also when memory runs out: whoever waits for a message would wait for ever.
      put(new Failure(e));
    }
  }

  /**
   * Reads a chunk to its end, also when nobody wants it any more: a canceled statement may leave a
   * late cancellation behind, which would hit the next one of the session.
   */
  private void read(KeyRange keys) throws SQLException, IOException {
    try (RowStream rows = source.dialect().read(source.session(), source.mapping(), keys, target)) {
      byte[] block = new byte[BLOCK_BYTES];
      int length = rows.read(block, 0, BLOCK_BYTES);
      while (length > 0) {
        boolean full = length == BLOCK_BYTES;
        put(new Block(full ? block : Arrays.copyOf(block, length)));
        block = full ? new byte[BLOCK_BYTES] : block;
        length = rows.read(block, 0, BLOCK_BYTES);
      }
      ends.read(keys, rows.rows());
      put(new End(rows.rows()));
    }
  }

  private void put(Message message) {
    try {
      if (!closing) {
        queue.put(message);
      }
    } catch (InterruptedException e) {
      // Nobody interrupts this thread: that would cost the session its socket.
      throw new IllegalStateException("interrupted while reading ahead", e);
    }
  }

  /**
   * Gives up what was read ahead, and the session back to its owner. When the source does not come
   * to the end of its chunk in a while, the session is ended instead, so that its owner finds it
   * closed.
   */
  @Override
  public void close() {
    closing = true;
    boolean interrupted = awaitEnd(patience);
    if (thread.isAlive()) {
      abort();
      interrupted |= awaitEnd(TIME_TO_FAIL);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** True when the caller was interrupted meanwhile. */
  private boolean awaitEnd(Duration atMost) {
    boolean interrupted = false;
    long start = System.nanoTime();
    while (thread.isAlive() && System.nanoTime() - start < atMost.toNanos()) {
      if (!queue.isEmpty()) {
        // It still comes; only silence is waited for with patience.
        start = System.nanoTime();
        queue.clear();
      }
      try {
        thread.join(Duration.ofMillis(5));
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    return interrupted;
  }

  private void abort() {
    try {
      source.session().abort(command -> Thread.ofVirtual().name("end " + name()).start(command));
    } catch (SQLException e) {
      log.warn("The session that reads {} could not be ended.", name(), e);
    }
  }

  /** The rows of one chunk as they come out of the queue. */
  private final class RowsAhead extends RowStream {

    private long rows;

    @Override
    protected byte @Nullable [] nextPiece() throws IOException {
      return switch (take()) {
        case Block block -> block.bytes();
        case End end -> {
          rows = end.rows();
          yield null;
        }
        case Failure failure ->
            throw new IOException(failure.cause().getMessage(), failure.cause());
        case Begin ignored ->
            throw new IllegalStateException("a chunk ends before the next begins");
      };
    }

    @Override
    public long rows() {
      return rows;
    }

    @Override
    public void close() {}
  }
}
