package dev.tidemark.cli.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tidemark.cli.Shell;
import dev.tidemark.cli.client.ApiClient;
import dev.tidemark.cli.client.Batch;
import dev.tidemark.cli.client.PageOptions;
import dev.tidemark.cli.client.ServerOptions;
import dev.tidemark.cli.client.Table;
import dev.tidemark.cli.terminal.Terminal;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidemark batches}. */
@Command(
    name = "batches",
    description = "List batches, repairs among them; or show or steer one, or some of its tables.",
    footer = {
      "",
      "tidemark sync-all starts one, and follows it. Exit code: 0 when done, 1 when refused or not",
      "found, 2 on wrong usage."
    })
public final class BatchesCommand implements Callable<Integer> {

  private static final String ID = "Id of the batch.";
  private static final String TABLES =
      "Tables of the batch, as ad_org, AdOrg or connection.ad_org; they alone are meant.";

  private final Terminal terminal;

  @Mixin private ServerOptions server = new ServerOptions();

  public BatchesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    return list(server, new PageOptions());
  }

  @Command(mixinStandardHelpOptions = true, name = "list", description = "List them, newest first.")
  int list(@Mixin ServerOptions server, @Mixin PageOptions page) {
    try (ApiClient api = server.connect(terminal)) {
      page.print(
          terminal,
          server.json(),
          api.batches(page.filters("name")),
          "batches",
          Batch.class,
          new BatchReport(terminal)::list);
      return 0;
    }
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "show",
      description = "Show a batch and its tables, as sync-status does.")
  int show(
      @Mixin ServerOptions server, @Parameters(paramLabel = "ID", description = ID) String id) {
    return server.ask(
        terminal,
        api -> api.batch(id),
        answer ->
            new BatchReport(terminal)
                .full(ApiClient.read(answer, Batch.class), false)
                .forEach(terminal::print));
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "interrupt",
      description = "Stop a batch after the chunks in progress, to be resumed later.")
  int interrupt(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Option(
              names = "--reason",
              paramLabel = "TEXT",
              description = "Why; at most 1,000 characters.")
          @Nullable String reason) {
    return steer(
        server,
        api -> api.steerBatch(id, "interrupt", reason),
        "Batch %s stops after the chunks in progress.".formatted(id),
        "Go on with it: " + Shell.command("sync-all", "--resume", id));
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "pause",
      description = "Finish the chunks in progress, and start no others until it is resumed.")
  int pause(
      @Mixin ServerOptions server,
      @Parameters(index = "0", paramLabel = "ID", description = ID) String id,
      @Parameters(index = "1..*", arity = "0..*", paramLabel = "TABLE", description = TABLES)
          @Nullable List<String> tables) {
    if (named(tables)) {
      return steer(server, id, tables, "pause", ignored -> " is paused.");
    }
    return steer(
        server,
        api -> api.steerBatch(id, "pause", null),
        "Batch %s is paused; the chunks in progress are finished.".formatted(id),
        "Let it go on: " + Shell.command("batches", "resume", id));
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "resume",
      description = {
        "Let a paused batch or paused tables go on; or go on with a batch that failed or was",
        "interrupted, as sync-all --resume does, and leave."
      })
  int resume(
      @Mixin ServerOptions server,
      @Parameters(index = "0", paramLabel = "ID", description = ID) String id,
      @Parameters(index = "1..*", arity = "0..*", paramLabel = "TABLE", description = TABLES)
          @Nullable List<String> tables) {
    if (named(tables)) {
      return steer(server, id, tables, "resume", ignored -> " goes on.");
    }
    return steer(
        server,
        api -> api.steerBatch(id, "resume", null),
        "Batch %s goes on.".formatted(id),
        "Watch it: " + Shell.command("sync-status", id, "--watch"));
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "skip",
      description = "Leave tables of a running batch out; what was copied stays.")
  int skip(
      @Mixin ServerOptions server,
      @Parameters(index = "0", paramLabel = "ID", description = ID) String id,
      @Parameters(index = "1..*", arity = "1..*", paramLabel = "TABLE", description = TABLES)
          List<String> tables) {
    return steer(
        server,
        id,
        tables,
        "skip",
        table -> table.isClosed() ? " is left out." : " is left out after its chunk.");
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "retry",
      description = "Put failed or skipped tables of a running batch back in the queue.")
  int retry(
      @Mixin ServerOptions server,
      @Parameters(index = "0", paramLabel = "ID", description = ID) String id,
      @Parameters(index = "1..*", arity = "1..*", paramLabel = "TABLE", description = TABLES)
          List<String> tables) {
    return steer(server, id, tables, "retry", ignored -> " is tried again.");
  }

  private static boolean named(@Nullable List<String> tables) {
    return tables != null && !tables.isEmpty();
  }

  private int steer(
      ServerOptions server, Function<ApiClient, JsonNode> order, String done, String next) {
    return server.ask(
        terminal,
        order,
        answer -> {
          terminal.print(done);
          terminal.print(next);
        });
  }

  private int steer(
      ServerOptions server,
      String id,
      @Nullable List<String> tables,
      String order,
      Function<Table, String> done) {
    ArrayNode answers = JsonNodeFactory.instance.arrayNode();
    try (ApiClient api = server.connect(terminal)) {
      for (String name : Objects.requireNonNullElse(tables, List.<String>of())) {
        JsonNode answer = api.steerTable(id, name, order);
        answers.add(answer);
        if (!server.json()) {
          Table table = ApiClient.read(answer, Table.class);
          terminal.print(table.label() + done.apply(table));
        }
      }
      return 0;
    } finally {
      if (server.json() && !answers.isEmpty()) {
        // As the API lists tables; also those before one that was refused.
        terminal.print(
            JsonNodeFactory.instance.objectNode().set("tables", answers).toPrettyString());
      }
    }
  }
}
