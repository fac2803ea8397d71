package dev.tidemark.cli.role;

import dev.tidemark.connect.configuration.TidemarkConfiguration;
import dev.tidemark.worker.WorkerProcess;
import java.lang.reflect.InvocationTargetException;

/** Starts roles in this process. */
final class RoleStart {

  private RoleStart() {}

  static AutoCloseable api(TidemarkConfiguration configuration) throws Exception {
    return start("dev.tidemark.api.ApiServer", configuration);
  }

  static AutoCloseable worker(TidemarkConfiguration configuration) throws InterruptedException {
    return WorkerProcess.start(configuration);
  }

  private static AutoCloseable start(String role, TidemarkConfiguration configuration)
      throws Exception {
    try {
      Object started =
          Class.forName(role)
              .getMethod("start", TidemarkConfiguration.class)
              .invoke(null, configuration);
      return started instanceof AutoCloseable closeable ? closeable : () -> {};
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
