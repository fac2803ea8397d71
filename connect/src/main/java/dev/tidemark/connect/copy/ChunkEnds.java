package dev.tidemark.connect.copy;

import dev.tidemark.connect.table.Column;
import dev.tidemark.connect.table.KeyRange;
import dev.tidemark.connect.table.SourceTable;
import dev.tidemark.connect.type.ColumnKind;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the chunks of a reader end. To find the key of a row so many rows ahead, the database walks
 * over these rows. Where the key is a whole number and the rows need not be counted exactly, the
 * end is guessed from the chunk before instead, unless a look into the index says that the guess is
 * far off. A guess lies before the last key, so that rows which are appended meanwhile stay ahead.
 */
final class ChunkEnds {

  /** A chunk may have so many times the rows that it should, or that part of them. */
  private static final long TOLERANCE = 4;

  private static final Set<ColumnKind> WHOLE = EnumSet.of(ColumnKind.INT32, ColumnKind.INT64);

  private final SourceTable source;
  private final ChunkSize size;
  private boolean guesses;
  private double step;
  private @Nullable Long last;

  ChunkEnds(SourceTable source, ChunkSize size) {
    this.source = source;
    this.size = size;
    List<Column> order = source.mapping().order();
    this.guesses =
        !size.exact()
            && order.size() == 1
            && WHOLE.contains(order.getFirst().type().kind())
            && !order.getFirst().type().isListed();
  }

  /** The last key of the next chunk; empty when all that is left is one. */
  Optional<List<String>> in(KeyRange rest) throws SQLException {
    if (source.mapping().order().isEmpty()) {
      return Optional.empty();
    }
    int rows = size.rows();
    Optional<List<String>> guess = guess(rest, rows);
    return guess.isPresent()
        ? guess
        : source.dialect().keyAfter(source.session(), source.mapping(), rest, rows);
  }

  /** Learns from a chunk how far apart keys are. */
  void read(KeyRange chunk, long rows) {
    List<String> after = chunk.after();
    List<String> upTo = chunk.upTo();
    step =
        guesses && after != null && upTo != null && rows > 0
            ? ((double) number(upTo) - number(after)) / rows
            : 0;
  }

  private Optional<List<String>> guess(KeyRange rest, int rows) throws SQLException {
    if (step <= 0 || rest.after() == null) {
      return Optional.empty();
    }
    // Out of the range of numbers it is the largest of them.
    long end = (long) (number(rest.after()) + Math.ceil(step * rows));
    if (end <= number(rest.after())) {
      return Optional.empty();
    }
    List<String> key = List.of(Long.toString(end));
    OptionalLong found =
        source
            .dialect()
            .lookUp(source.session(), source.mapping(), new KeyRange(rest.after(), key));
    if (found.isEmpty()) {
      guesses = false;
      step = 0;
      return Optional.empty();
    }
    long expected = found.getAsLong();
    return expected * TOLERANCE >= rows && expected <= TOLERANCE * rows && end < limit(rest)
        ? Optional.of(key)
        : Optional.empty();
  }

  /** The guess stays below this key. */
  private long limit(KeyRange rest) throws SQLException {
    if (rest.upTo() != null) {
      return number(rest.upTo());
    }
    Long known = last;
    if (known == null) {
      known =
          source
              .dialect()
              .lastKey(source.session(), source.mapping(), rest)
              .map(ChunkEnds::number)
              .orElse(Long.MIN_VALUE);
      last = known;
    }
    return known;
  }

  private static long number(List<String> key) {
    return Long.parseLong(key.getFirst());
  }
}
