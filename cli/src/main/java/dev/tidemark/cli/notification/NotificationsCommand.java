package dev.tidemark.cli.notification;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.client.ApiClient;
import dev.tidemark.cli.client.NotificationTest;
import dev.tidemark.cli.client.ServerOptions;
import dev.tidemark.cli.terminal.Colour;
import dev.tidemark.cli.terminal.Terminal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidemark notifications}. */
@Command(name = "notifications", description = "Try out who is told when a batch ends.")
public final class NotificationsCommand {

  private final Terminal terminal;

  public NotificationsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Command(
      mixinStandardHelpOptions = true,
      name = "test",
      description = "Send a test message by each rule of the configuration.",
      footer = {"", "Exit code: 0 when every receiver took it, 1 when not."})
  int test(
      @Mixin ServerOptions server,
      @Option(
              names = "--rule",
              paramLabel = "N",
              description = "Only by notifications[N], counted from 0.")
          @Nullable Integer rule) {
    try (ApiClient api = server.connect(terminal)) {
      JsonNode answer = api.testNotifications(rule);
      List<NotificationTest> rules =
          ApiClient.readAll(answer.path("rules"), NotificationTest.class);
      if (server.json()) {
        terminal.print(answer.toPrettyString());
      } else {
        print(rules);
      }
      return rules.stream().allMatch(NotificationTest::told) ? 0 : 1;
    }
  }

  private void print(List<NotificationTest> rules) {
    if (rules.isEmpty()) {
      terminal.print("Nobody is told: the configuration has no notifications.");
    }
    for (NotificationTest rule : rules) {
      String receiver = "notifications[%d] %s".formatted(rule.rule(), rule.receiver());
      terminal.print(
          rule.told()
              ? terminal.paint("✓ " + receiver, Colour.GREEN)
              : terminal.paint("✗ " + receiver + ": " + rule.error(), Colour.RED));
    }
  }
}
