package dev.tidemark.cli.role;

import dev.tidemark.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tidemark worker}. */
@Command(
    name = "worker",
    description = "Run a worker: workflows and the activities that copy. Run as many as you like.")
public final class WorkerCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private ConfigurationFile file = new ConfigurationFile();

  public WorkerCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    return RunningRole.untilStopped(RoleStart.worker(file.load(terminal.environment())));
  }
}
