package dev.tidemark.connect.copy;

import dev.tidemark.connect.table.KeyRange;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is left to read of a range of keys. One reader takes chunks from its lower end; others may
 * move its upper end down meanwhile, to read what lies behind it themselves.
 */
public final class OpenRange {

  private final ReentrantLock lock = new ReentrantLock();
  private KeyRange rest;
  private boolean exhausted;

  public OpenRange(@Nullable List<String> after, @Nullable List<String> upTo) {
    this.rest = new KeyRange(after, upTo);
  }

  /** Finds a key inside a range, such as the end of its first chunk; empty when there is none. */
  @FunctionalInterface
  public interface KeySearch {
    Optional<List<String>> in(KeyRange range) throws SQLException;
  }

  /**
   * A piece of the range, which nobody else will read.
   *
   * @param last whether the range ends with it
   */
  public record Piece(KeyRange range, boolean last) {}

  /** Takes the next rows, up to the key that is found; all that is left when none is. */
  public Piece take(KeySearch end) throws SQLException {
    lock.lock();
    try {
      Optional<List<String>> found = end.in(rest);
      Piece piece =
          new Piece(new KeyRange(rest.after(), found.orElse(rest.upTo())), found.isEmpty());
      rest = new KeyRange(piece.range().upTo(), rest.upTo());
      exhausted = piece.last();
      return piece;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives away what lies behind a key of the rest. The reader waits meanwhile.
   *
   * @param where finds the key, and makes sure that somebody else reads what lies behind it
   * @return whether the range ends at that key now
   */
  public boolean split(KeySearch where) throws SQLException {
    lock.lock();
    try {
      Optional<List<String>> found = exhausted ? Optional.empty() : where.in(rest);
      found.ifPresent(key -> rest = new KeyRange(rest.after(), key));
      return found.isPresent();
    } finally {
      lock.unlock();
    }
  }

  /** What lies behind this key is to be read again. */
  public void rewind(@Nullable List<String> after) {
    lock.lock();
    try {
      rest = new KeyRange(after, rest.upTo());
      exhausted = false;
    } finally {
      lock.unlock();
    }
  }

  /** What nobody has taken yet; empty when all is. */
  public Optional<KeyRange> rest() {
    lock.lock();
    try {
      return exhausted ? Optional.empty() : Optional.of(rest);
    } finally {
      lock.unlock();
    }
  }
}
