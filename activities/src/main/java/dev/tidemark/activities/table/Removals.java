package dev.tidemark.activities.table;

import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.table.SourceTable;
import dev.tidemark.connect.target.GoneRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Removes rows from the target that the source has no more. Some may be refused because others
 * refer to them: of the same table, or of one that is synced after it. They wait for the end of the
 * pass, so that what is new in the table is there before it fails for them.
 */
final class Removals {

  /** Takes how many rows were removed, and commits. */
  @FunctionalInterface
  interface Commit {
    void removed(long rows) throws SQLException;
  }

  private static final int MOST_WAITING = 1000;

  private final TableJob job;
  private final SourceTable source;
  private final Connection writing;
  private final GoneRows gone;
  private final Commit commit;
  private final List<List<String>> waiting = new ArrayList<>();
  private @Nullable SQLException refusal;

  /**
   * Removals of a pass.
   *
   * @param writing the session that {@code gone} and {@code commit} use
   */
  Removals(TableJob job, SourceTable source, Connection writing, GoneRows gone, Commit commit) {
    this.job = job;
    this.source = source;
    this.writing = writing;
    this.gone = gone;
    this.commit = commit;
  }

  /** Whether some keys wait: a pass that goes on must find them again. */
  boolean waits() {
    return !waiting.isEmpty();
  }

  /**
   * Removes the rows of these keys and commits; halves lead to those that are refused. The upper
   * half goes first, since a row mostly has a greater key than the one to which it refers.
   *
   * @param keys in their order
   */
  void remove(List<List<String>> keys) throws SQLException {
    remove(keys, waiting.size());
  }

  /**
   * The same.
   *
   * @param at where keys wait that are refused: in front of greater ones
   */
  private void remove(List<List<String>> keys, int at) throws SQLException {
    try {
      commit.removed(gone.remove(stillGone(keys)));
    } catch (SQLException e) {
      if (Failures.classify(e) != ErrorCode.CONSTRAINT_VIOLATED || waiting.size() >= MOST_WAITING) {
        throw e;
      }
      writing.rollback();
      refusal = e;
      int half = keys.size() / 2;
      if (half == 0) {
        waiting.addAll(at, keys);
      } else {
        remove(keys.subList(half, keys.size()), at);
        remove(keys.subList(0, half), at);
      }
    }
  }

  /**
   * Tries what waits once more, as long as that leaves fewer: rows may refer to each other.
   *
   * @return false when it was to stop while some still wait
   */
  boolean again() throws SQLException {
    int before = Integer.MAX_VALUE;
    while (!waiting.isEmpty() && waiting.size() < before) {
      if (job.stop().getAsBoolean()) {
        return false;
      }
      List<List<String>> keys = List.copyOf(waiting);
      before = keys.size();
      waiting.clear();
      remove(keys);
    }
    return true;
  }

  /**
   * Throws why rows are still refused, if any is.
   *
   * @return false when it was to stop while some still wait
   */
  boolean finish() throws SQLException {
    if (!again()) {
      return false;
    }
    if (!waiting.isEmpty() && refusal != null) {
      throw refusal;
    }
    return true;
  }

  /** A row may have come to the source since both sides were compared. */
  private List<List<String>> stillGone(List<List<String>> keys) throws SQLException {
    List<List<String>> left = new ArrayList<>(keys);
    left.removeAll(
        source
            .dialect()
            .canonicalKeys(
                source.session(), job.mapping().only(source.dialect(), keys), job.shape()));
    return left;
  }
}
