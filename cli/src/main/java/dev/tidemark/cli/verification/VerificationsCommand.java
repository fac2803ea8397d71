package dev.tidemark.cli.verification;

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

/** {@code tidemark verifications}. */
@Command(
    name = "verifications",
    description = "List verifications; or show one again, or stop it.",
    footer = {"", "tidemark verify starts one. Exit code of show: as of verify; 1 while it runs."})
public final class VerificationsCommand implements Callable<Integer> {

  private static final String ID = "Id of the verification.";

  private final Terminal terminal;

  @Mixin private ServerOptions server = new ServerOptions();

  public VerificationsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    return list(server, new PageOptions());
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "list",
      description = "List those that run, then those that ended last; those after batches too.")
  int list(@Mixin ServerOptions server, @Mixin PageOptions page) {
    try (ApiClient api = server.connect(terminal)) {
      page.print(
          terminal,
          server.json(),
          api.verifications(page.filters()),
          "verifications",
          ListedRun.class,
          this::table);
      return 0;
    }
  }

  private List<String> table(List<ListedRun> runs) {
    Columns columns = new Columns("lllllr");
    columns.heading("VERIFICATION", "BATCH", "STATUS", "RESULT", "STARTED (UTC)", "TOOK");
    for (ListedRun run : runs) {
      columns.line(
          Cell.of(run.id()),
          Cell.of(Objects.requireNonNullElse(run.batch(), "")),
          Cell.status(run.status()),
          Cell.of(result(run)),
          Cell.of(Words.time(run.startedAt())),
          Cell.of(Words.duration(run.seconds())));
    }
    return columns.on(terminal);
  }

  private static String result(ListedRun run) {
    if (Boolean.TRUE.equals(run.equal())) {
      return "equal";
    }
    int total = Objects.requireNonNullElse(run.totalTables(), 0);
    int differing = Objects.requireNonNullElse(run.differingTables(), 0);
    int not = total - Objects.requireNonNullElse(run.comparedTables(), 0);
    String result =
        differing == 0 ? "" : differing + " of " + Words.plural(total, "table") + " differ";
    return not == 0
        ? result
        : result + (result.isEmpty() ? "" : ", ") + not + " could not be compared";
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "show",
      description = "Show what a verification has found, as verify does.")
  int show(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Option(names = "--watch", description = "Follow it until it ends.") boolean watch) {
    try (ApiClient api = server.connect(terminal)) {
      JsonNode answer = api.verification(id);
      VerificationRun run = new VerificationRun(terminal, server.json());
      boolean running = answer.path("status").asText().equals("running");
      return watch && running ? run.follow(api, answer) : run.report(answer);
    }
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "interrupt",
      description = "Stop a verification; what it has found so far stays.")
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
        api -> api.interruptVerification(id, reason),
        answer -> terminal.print("Verification " + id + " stops after the rows under way."));
  }
}
