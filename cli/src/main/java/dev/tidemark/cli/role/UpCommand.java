package dev.tidemark.cli.role;

import dev.tidemark.cli.Shell;
import dev.tidemark.cli.client.ApiAddress;
import dev.tidemark.cli.process.ChildProcess;
import dev.tidemark.cli.process.FreePort;
import dev.tidemark.cli.server.EmbeddedPostgres;
import dev.tidemark.cli.server.EmbeddedTemporal;
import dev.tidemark.cli.server.Ports;
import dev.tidemark.cli.terminal.Colour;
import dev.tidemark.cli.terminal.Terminal;
import dev.tidemark.connect.configuration.ApiConfiguration;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tidemark up}. */
@Command(
    name = "up",
    description = {
      "Run everything on this machine: API, worker and embedded servers.",
      "Embedded is what the configuration does not name: PostgreSQL for the control database,",
      "Temporal.",
      "Ctrl+C stops all of it; its data stays in the state folder."
    })
public final class UpCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private ConfigurationFile file = new ConfigurationFile();

  @Mixin private StackOptions options = new StackOptions();

  public UpCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    Set<String> sections = file.sections(terminal.environment());
    // Every mistake is told before anything starts.
    TidemarkConfiguration configuration = file.load(terminal.environment());
    try (LocalStack stack = LocalStack.open(options.home(terminal))) {
      if (!sections.contains("control")) {
        startPostgres(stack);
      }
      if (!sections.contains("temporal")) {
        startTemporal(stack);
      } else {
        tell("Temporal", configuration.temporal().address());
      }
      startRoles(stack, configuration.api());
      terminal.print("");
      terminal.print("Start a batch: " + Shell.command("sync-all") + "   Ctrl+C stops everything.");
      stack.supervise(
          end -> terminal.complain(terminal.paint(end, Colour.YELLOW)),
          change -> terminal.complain(terminal.paint(change, Colour.YELLOW)));
    }
    return 0;
  }

  private void startPostgres(LocalStack stack) throws Exception {
    EmbeddedPostgres postgres = EmbeddedPostgres.start(stack.home(), 0);
    int port = postgres.port();
    stack.add("PostgreSQL", postgres, () -> EmbeddedPostgres.start(stack.home(), port));
    stack.useForControl(postgres);
    tell("Control", postgres.jdbcUrl("tidemark"));
  }

  private void startTemporal(LocalStack stack) {
    EmbeddedTemporal temporal =
        EmbeddedTemporal.start(stack.home(), 0, options.uiPort(), terminal::complain);
    stack.add("Temporal", temporal, () -> temporal.again(stack.home()));
    stack.use(temporal);
    tell("Temporal", temporal.address() + "   Web UI " + temporal.ui());
  }

  private void startRoles(LocalStack stack, ApiConfiguration configured) {
    stack.localKey();
    Map<String, String> environment = new HashMap<>(stack.environment());
    int port = Ports.choose(stack.home(), "api", configured.port());
    FreePort.check(configured.host(), port);
    boolean everywhere = configured.host().equals("0.0.0.0") || configured.host().equals("::");
    String url = "http://" + (everywhere ? "127.0.0.1" : configured.host()) + ":" + port;
    Path configuration = file.path().toAbsolutePath();
    ChildProcess worker =
        stack.startRole(
            new RoleProcess("worker", configuration, List.of(), environment, stack.home()));
    ApiAddress api =
        stack.startApi(
            new RoleProcess(
                "api",
                configuration,
                List.of("--port", Integer.toString(port)),
                environment,
                stack.home()),
            url);
    tell("API", api.url() + "   try it at " + api.url() + "/docs");
    tell("Worker", "process " + worker.pid());
    tell("Logs", stack.home().path().resolve("logs").toString());
  }

  private void tell(String what, String where) {
    terminal.print(terminal.paint("%-9s".formatted(what), Colour.DIM) + " " + where);
  }
}
