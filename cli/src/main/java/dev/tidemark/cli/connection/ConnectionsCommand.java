package dev.tidemark.cli.connection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.client.ApiClient;
import dev.tidemark.cli.client.ConnectionState;
import dev.tidemark.cli.client.ServerOptions;
import dev.tidemark.cli.client.SyncError;
import dev.tidemark.cli.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tidemark connections}. */
@Command(
    name = "connections",
    description = "Show every connection and whether its database answers.",
    footer = {"", "Exit code: 0 when all are healthy, 1 when not."})
public final class ConnectionsCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private ServerOptions server = new ServerOptions();

  public ConnectionsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (ApiClient api = server.connect(terminal)) {
      JsonNode answer = api.connections();
      List<ConnectionState> states =
          ApiClient.readAll(answer.path("connections"), ConnectionState.class);
      if (server.json()) {
        terminal.print(answer.toPrettyString());
      } else {
        new ConnectionList(terminal)
            .lines(states.stream().map(ConnectionsCommand::row).toList())
            .forEach(terminal::print);
      }
      return states.stream().allMatch(ConnectionState::healthy) ? 0 : 1;
    }
  }

  private static ConnectionList.Row row(ConnectionState state) {
    SyncError error = state.error();
    return new ConnectionList.Row(
        state.name(),
        state.type(),
        state.version(),
        state.latencyMs(),
        error == null ? null : error.message(),
        error == null ? null : error.remedy());
  }
}
