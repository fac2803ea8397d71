package dev.tidemark.cli.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.client.ApiClient;
import dev.tidemark.cli.client.ListedRun;
import dev.tidemark.cli.client.PageOptions;
import dev.tidemark.cli.client.ServerOptions;
import dev.tidemark.cli.terminal.Columns;
import dev.tidemark.cli.terminal.Columns.Cell;
import dev.tidemark.cli.terminal.Terminal;
import dev.tidemark.cli.terminal.Words;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidemark plans}. */
@Command(
    name = "plans",
    description = "List plans; or show one again, or stop it.",
    footer = {"", "tidemark plan makes one. Exit code of show: as of plan; 1 while it runs."})
public final class PlansCommand implements Callable<Integer> {

  private static final String ID = "Id of the plan.";

  private final Terminal terminal;

  @Mixin private ServerOptions server = new ServerOptions();

  public PlansCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    return list(server, new PageOptions());
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "list",
      description = "List those that run, then those that ended last.")
  int list(@Mixin ServerOptions server, @Mixin PageOptions page) {
    try (ApiClient api = server.connect(terminal)) {
      page.print(
          terminal,
          server.json(),
          api.plans(page.filters()),
          "plans",
          ListedRun.class,
          this::table);
      return 0;
    }
  }

  private List<String> table(List<ListedRun> runs) {
    Columns columns = new Columns("llllr");
    columns.heading("PLAN", "BATCH", "STATUS", "STARTED (UTC)", "TOOK");
    for (ListedRun run : runs) {
      columns.line(
          Cell.of(run.id()),
          Cell.of(Objects.requireNonNullElse(run.batch(), "")),
          Cell.status(run.status()),
          Cell.of(Words.time(run.startedAt())),
          Cell.of(Words.duration(run.seconds())));
    }
    return columns.on(terminal);
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "show",
      description = "Show a plan, as plan does; with statements where they were asked for.")
  int show(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Option(names = "--watch", description = "Wait for its end.") boolean watch) {
    try (ApiClient api = server.connect(terminal)) {
      PlanRun run = new PlanRun(terminal, server.json());
      JsonNode answer = api.plan(id);
      return watch ? run.follow(api, answer) : run.report(answer);
    }
  }

  @Command(mixinStandardHelpOptions = true, name = "interrupt", description = "Stop a plan.")
  int interrupt(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Option(
              names = "--reason",
              paramLabel = "TEXT",
              description = "Why; at most 1,000 characters.")
          @Nullable String reason) {
    return server.ask(
        terminal,
        api -> api.interruptPlan(id, reason),
        answer -> terminal.print("Plan " + id + " stops."));
  }
}
