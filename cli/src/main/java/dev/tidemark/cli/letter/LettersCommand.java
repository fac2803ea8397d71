package dev.tidemark.cli.letter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.client.ApiClient;
import dev.tidemark.cli.client.Letter;
import dev.tidemark.cli.client.LetterRetry;
import dev.tidemark.cli.client.ServerOptions;
import dev.tidemark.cli.client.Waiting;
import dev.tidemark.cli.terminal.Terminal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidemark letters}. */
@Command(
    name = "letters",
    description = "Rows that a target refused: list and show them, edit them, try them again.",
    footer = {
      "",
      "Alone, it lists what is open. Exit code of retry: 0 when no row was refused again, 1 when",
      "not."
    })
public final class LettersCommand implements Callable<Integer> {

  private static final String CONNECTION = "Target that refused the rows (default: any).";
  private static final String ID = "Id of the letter.";

  private final Terminal terminal;
  private final LetterText text;

  @Mixin private ServerOptions server = new ServerOptions();

  public LettersCommand(Terminal terminal) {
    this.terminal = terminal;
    this.text = new LetterText(terminal);
  }

  @Override
  public Integer call() {
    return list(server, null, null, "open", 20);
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "list",
      description = "List letters, newest first.")
  int list(
      @Mixin ServerOptions server,
      @Option(names = "--connection", paramLabel = "NAME", description = CONNECTION)
          @Nullable String connection,
      @Option(names = "--table", paramLabel = "TABLE", description = "Of this target table alone.")
          @Nullable String table,
      @Option(
              names = "--state",
              paramLabel = "STATE",
              defaultValue = "open",
              description = "open (default), resolved, discarded or all.")
          String state,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "20",
              description = "How many at most (default: 20).")
          int limit) {
    Map<String, String> filters = new TreeMap<>();
    put(filters, "connection", connection);
    put(filters, "table", table);
    put(filters, "state", state.equals("all") ? null : state);
    filters.put("limit", Integer.toString(limit));
    return server.ask(
        terminal,
        api -> api.letters(filters),
        answer ->
            text.list(
                    ApiClient.readAll(answer.path("letters"), Letter.class),
                    answer.hasNonNull("nextCursor"))
                .forEach(terminal::print));
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "show",
      description = "Show a letter with the row and the reason.")
  int show(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Option(names = "--connection", paramLabel = "NAME", description = CONNECTION)
          @Nullable String connection) {
    return server.ask(terminal, api -> api.letter(id, connection), this::print);
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "edit",
      description = "Say what is to be written instead; retry writes it.")
  int edit(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Option(names = "--connection", paramLabel = "NAME", description = CONNECTION)
          @Nullable String connection,
      @Option(
              names = "--set",
              paramLabel = "COLUMN=VALUE",
              mapFallbackValue = "",
              description = "A column's new value; may be given several times.")
          @Nullable Map<String, String> set,
      @Option(
              names = "--null",
              paramLabel = "COLUMN",
              description = "A column that becomes NULL; may be given several times.")
          @Nullable List<String> nulls) {
    Map<String, @Nullable String> values = new LinkedHashMap<>();
    if (set != null) {
      values.putAll(set);
    }
    if (nulls != null) {
      nulls.forEach(column -> values.put(column, null));
    }
    return server.ask(terminal, api -> api.editLetter(id, connection, values), this::print);
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "discard",
      description = "Do without a row, as long as the source has it as it is.")
  int discard(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "ID", description = ID) String id,
      @Option(names = "--connection", paramLabel = "NAME", description = CONNECTION)
          @Nullable String connection) {
    return server.ask(
        terminal,
        api -> api.discardLetter(id, connection),
        answer -> terminal.print("Letter " + id + " is discarded."));
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "retry",
      description = {
        "Try to write a row again, or all of a table: as edited, else as the source has it now."
      })
  int retry(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "ID", arity = "0..1", description = ID) @Nullable String id,
      @Option(
              names = "--table",
              paramLabel = "TABLE",
              description = "Try all open letters of this target table.")
          @Nullable String table,
      @Option(names = "--connection", paramLabel = "NAME", description = CONNECTION)
          @Nullable String connection,
      @Option(names = "--detach", description = "Start it and leave.") boolean detach) {
    if ((id == null) == (table == null)) {
      terminal.complain("Name either a letter, or a table with --table.");
      return 2;
    }
    try (ApiClient api = server.connect(terminal)) {
      JsonNode answer =
          id != null
              ? api.retryLetter(id, connection)
              : api.retryLetters(String.valueOf(table), connection);
      LetterRetry started = ApiClient.read(answer, LetterRetry.class);
      if (!detach) {
        answer =
            new Waiting(terminal)
                .untilEnded(
                    answer, () -> api.letterRetry(started.table(), started.connection()), x -> {});
      }
      LetterRetry retry = ApiClient.read(answer, LetterRetry.class);
      if (server.json()) {
        terminal.print(answer.toPrettyString());
      } else if (retry.running()) {
        terminal.print("Dead letters of " + retry.table() + " are being tried.");
      } else {
        text.ended(retry).forEach(terminal::print);
        if (id != null && retry.refused() > 0) {
          JsonNode refused = api.letter(id, retry.connection());
          terminal.print(text.reason(ApiClient.read(refused, Letter.class)));
        }
      }
      return retry.running() || retry.clean() ? 0 : 1;
    }
  }

  private void print(JsonNode answer) {
    text.full(ApiClient.read(answer, Letter.class)).forEach(terminal::print);
  }

  private static void put(Map<String, String> filters, String key, @Nullable String value) {
    if (value != null) {
      filters.put(key, value);
    }
  }
}
