package dev.tidemark.cli.key;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.client.ApiClient;
import dev.tidemark.cli.client.KeyState;
import dev.tidemark.cli.client.ServerOptions;
import dev.tidemark.cli.terminal.Columns;
import dev.tidemark.cli.terminal.Columns.Cell;
import dev.tidemark.cli.terminal.Terminal;
import dev.tidemark.cli.terminal.Words;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidemark key}. */
@Command(name = "key", description = "Create, list and revoke keys to the API.")
public final class KeyCommand {

  /** What a key may do. */
  enum KeyRole {
    VIEWER,
    OPERATOR,
    ADMIN
  }

  private final Terminal terminal;

  public KeyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "create",
      description = "Create a key. It is shown once, and kept hashed.")
  int create(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "NAME", description = "Who will use it.") String name,
      @Option(
              names = "--role",
              defaultValue = "viewer",
              paramLabel = "viewer|operator|admin",
              description = "What it may do (default: ${DEFAULT-VALUE}).")
          KeyRole role) {
    return server.ask(
        terminal,
        api -> api.createKey(name, role.name().toLowerCase(Locale.ROOT)),
        answer -> {
          KeyState key = ApiClient.read(answer, KeyState.class);
          terminal.print(
              "Key %s for %s (%s), shown this once:".formatted(key.id(), name, key.role()));
          terminal.print(key.key() == null ? "" : key.key());
        });
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "list",
      description = "List the keys, without the keys themselves.")
  int list(@Mixin ServerOptions server) {
    try (ApiClient api = server.connect(terminal)) {
      JsonNode answer = api.keys();
      if (server.json()) {
        terminal.print(answer.toPrettyString());
        return 0;
      }
      List<KeyState> keys =
          ApiClient.readAll(answer.isArray() ? answer : answer.path("keys"), KeyState.class);
      Columns columns = new Columns("lllll");
      columns.heading("ID", "NAME", "ROLE", "CREATED (UTC)", "LAST USED (UTC)");
      keys.forEach(
          key ->
              columns.line(
                  Cell.of(key.id()),
                  Cell.of(key.name()),
                  Cell.of(key.role()),
                  Cell.of(Words.time(key.createdAt())),
                  Cell.of(Words.time(key.lastUsedAt()))));
      columns.on(terminal).forEach(terminal::print);
      return 0;
    }
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "revoke",
      description = "Revoke a key; it opens nothing from then on.")
  int revoke(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "ID", description = "As shown by key list.") String id) {
    try (ApiClient api = server.connect(terminal)) {
      api.revokeKey(id);
      terminal.print(server.json() ? "{}" : "Key " + id + " is revoked.");
      return 0;
    }
  }
}
