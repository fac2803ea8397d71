package dev.tidemark.activities.table;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.SyncException;

/** A comparison needs a session of each side while another one reads or writes. */
public final class DiffSessions {

  private DiffSessions() {}

  /**
   * Checks that there may be two.
   *
   * @throws SyncException POOL_TOO_SMALL when not
   */
  public static void check(ConnectionConfiguration connection) {
    if (connection.poolSize() < 2) {
      throw new SyncException(
          ErrorCode.POOL_TOO_SMALL,
          "Mode diff takes two sessions of " + connection.name() + ", and its pool-size is 1.",
          Failures.remedy(ErrorCode.POOL_TOO_SMALL));
    }
  }
}
