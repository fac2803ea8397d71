package dev.tidemark.cli.demo;

import dev.tidemark.cli.Shell;
import dev.tidemark.cli.StateFolder;
import dev.tidemark.cli.batch.BatchFollowing;
import dev.tidemark.cli.batch.Followed;
import dev.tidemark.cli.batch.Presses;
import dev.tidemark.cli.client.ApiAddress;
import dev.tidemark.cli.client.ApiClient;
import dev.tidemark.cli.client.Batch;
import dev.tidemark.cli.client.StartBatch;
import dev.tidemark.cli.process.ChildProcess;
import dev.tidemark.cli.role.LocalStack;
import dev.tidemark.cli.role.RoleProcess;
import dev.tidemark.cli.role.StackOptions;
import dev.tidemark.cli.server.Ports;
import dev.tidemark.cli.terminal.Colour;
import dev.tidemark.cli.terminal.Terminal;
import dev.tidemark.cli.terminal.Words;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidemark demo}. */
@Command(
    name = "demo",
    description = {
      "Show it all on this machine, a kill in the middle included.",
      "Two branch databases are copied into one dashboard, the worker is killed, another goes on,",
      "and both sides are compared row by row."
    },
    footer = {"", "Exit code: 0 when both sides are equal, 1 when not."})
public final class DemoCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Presses presses;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "500000",
      description = "Invoices of each branch (default: ${DEFAULT-VALUE}).")
  private long rows;

  @Option(names = "--no-kill", description = "Do not kill the worker.")
  private boolean noKill;

  @Option(names = "--keep", description = "Leave everything running until Ctrl+C.")
  private boolean keep;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port of the API (default: the last one, or a free one).")
  private int port;

  @Mixin private StackOptions options = new StackOptions();

  public DemoCommand(Terminal terminal, Presses presses) {
    this.terminal = terminal;
    this.presses = presses;
  }

  @Override
  public Integer call() throws Exception {
    if (rows < 1) {
      throw new ParameterException(spec.commandLine(), "--rows is at least 1.");
    }
    try (LocalStack stack = LocalStack.open(options.home(terminal))) {
      DemoServers servers = startServers(stack);
      boolean equal = run(stack, servers);
      if (keep) {
        terminal.print("");
        terminal.print("Everything goes on running; Ctrl+C stops it.");
        stack.supervise(terminal::complain, terminal::complain);
      }
      return equal ? 0 : 1;
    }
  }

  private DemoServers startServers(LocalStack stack) throws SQLException {
    step("Starting PostgreSQL, MariaDB and Temporal in " + stack.home().path());
    long start = System.nanoTime();
    DemoServers servers = DemoServers.start(stack, options.uiPort(), terminal::print);
    done(start);
    return servers;
  }

  private boolean run(LocalStack stack, DemoServers servers) throws Exception {
    step(
        "Starting an API and a worker, and filling two branches with "
            + Words.plural(rows, "invoice")
            + " each");
    long start = System.nanoTime();
    DemoRoles roles = DemoRoles.of(stack, servers, rows, Ports.choose(stack.home(), "api", port));
    ChildProcess worker = stack.startRole(roles.worker());
    CompletableFuture<ApiAddress> starting =
        CompletableFuture.supplyAsync(() -> stack.startApi(roles.api(), roles.url()));
    fill(servers);
    ApiAddress address = starting.join();
    done(start);
    terminal.print("  API " + address.url() + "   Temporal Web UI " + servers.temporal().ui());
    try (ApiClient client = new ApiClient(address)) {
      Batch batch = copy(stack, client, worker, roles.worker());
      List<Comparison.Result> results = compare(new ChecksumComparison(servers));
      conclude(batch, results, address, servers, stack.home());
      return batch.completed() && results.stream().allMatch(Comparison.Result::equal);
    }
  }

  private void fill(DemoServers servers) throws SQLException {
    servers.emptyTarget();
    List<String> kept = new ArrayList<>();
    for (DemoServers.Branch branch : DemoServers.BRANCHES) {
      if (!DemoData.fill(servers.postgres(), branch.connection(), branch.seed(), rows)) {
        kept.add(branch.connection());
      }
    }
    if (!kept.isEmpty()) {
      terminal.print("  " + String.join(", ", kept) + " still had them; the dashboard was emptied");
    }
  }

  private Batch copy(LocalStack stack, ApiClient client, ChildProcess first, RoleProcess worker) {
    step("Starting a batch through the API");
    BatchFollowing following = new BatchFollowing(terminal, presses, Duration.ofMillis(200));
    Followed batch =
        following.start(client, new StartBatch("branches", List.of(), List.of(), null));
    terminal.print("  " + batch.look().title());
    KillInTheMiddle kill =
        new KillInTheMiddle(batch, first, () -> stack.replaceRole(worker), following::tell);
    Batch ended = following.untilClosed(noKill ? batch : kill);
    if (!noKill && !kill.killed()) {
      terminal.print("The batch was done before the worker could be killed; try more --rows.");
    }
    if (kill.killed()) {
      step("The tables in progress went on from their cursors");
      new DemoReport(terminal).continuations(kill.continuations()).forEach(terminal::print);
    }
    return ended;
  }

  private List<Comparison.Result> compare(Comparison comparison) throws Exception {
    step("Comparing both sides, row by row, by checksums that the databases compute");
    long start = System.nanoTime();
    List<Comparison.Result> results = comparison.compare();
    done(start);
    new DemoReport(terminal).results(results).forEach(terminal::print);
    return results;
  }

  private void conclude(
      Batch batch,
      List<Comparison.Result> results,
      ApiAddress api,
      DemoServers servers,
      StateFolder home) {
    long different = results.stream().filter(result -> !result.equal()).count();
    terminal.print("");
    terminal.print(
        different == 0 && batch.completed()
            ? terminal.paint("✓ Equal: nothing was lost, nothing doubled.", Colour.GREEN)
            : terminal.paint(
                "✗ The batch is %s; %s differ."
                    .formatted(batch.status(), Words.plural(different, "table")),
                Colour.RED));
    if (keep) {
      terminal.print("  API              " + api.url() + "   try it at " + api.url() + "/docs");
      terminal.print("  Temporal Web UI  " + servers.temporal().ui());
      terminal.print("  Status           " + Shell.command("sync-status"));
    } else {
      terminal.print(
          "  API was at " + api.url() + ", Temporal's Web UI at " + servers.temporal().ui());
      terminal.print("  Leave them running: " + Shell.command("demo", "--keep"));
    }
    terminal.print("  Servers and data " + home.path() + "; remove it to free its space");
  }

  private void step(String what) {
    terminal.print("");
    terminal.print(terminal.paint("» " + what, Colour.BOLD));
  }

  private void done(long startNanos) {
    double seconds = (double) (System.nanoTime() - startNanos) / TimeUnit.SECONDS.toNanos(1);
    terminal.print(terminal.paint("  in " + Words.duration(seconds), Colour.DIM));
  }
}
