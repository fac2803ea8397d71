package dev.tidemark.bench.kills;

import dev.tidemark.connect.configuration.DatabaseType;
import java.util.Random;

/** Who dies. */
enum Victim {
  /** The process of the worker, by SIGKILL. */
  WORKER,
  /** All sessions of the target's database. */
  SESSIONS,
  /** The process of the target's server, by SIGKILL. */
  SERVER;

  private static final int WORKERS_OF_SIX = 4;

  /** Most often the worker; servers that others use too are left alive. */
  static Victim any(Random random, DatabaseType target, boolean workersAlone) {
    int drawn = random.nextInt(6);
    if (workersAlone || drawn < WORKERS_OF_SIX) {
      return WORKER;
    }
    return drawn == WORKERS_OF_SIX && target == DatabaseType.MARIADB ? SERVER : SESSIONS;
  }
}
