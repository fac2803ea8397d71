package dev.tidemark.cli.role;

import dev.tidemark.api.ApiServer;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import dev.tidemark.worker.WorkerProcess;

/**
 * Starts roles in this process. Apart from the commands, so that showing their help loads neither
 * Spring nor Temporal.
 */
final class RoleStart {

  private RoleStart() {}

  static AutoCloseable api(TidemarkConfiguration configuration) {
    return ApiServer.start(configuration);
  }

  static AutoCloseable worker(TidemarkConfiguration configuration) throws InterruptedException {
    return WorkerProcess.start(configuration);
  }
}
