package dev.tidemark.cli.verification;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.client.ApiClient;
import dev.tidemark.cli.client.ChosenTables;
import dev.tidemark.cli.client.ServerOptions;
import dev.tidemark.cli.client.StartVerification;
import dev.tidemark.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidemark verify}. */
@Command(
    name = "verify",
    description = "Compare the tables of a batch with the target, row by row, and write nothing.",
    footer = {
      "",
      "Both databases compute checksums; only where these differ do keys travel. Ctrl+C leaves it",
      "running; tidemark verifications shows it again and stops it. Exit code: 0 when all tables",
      "are equal, but for rows about which somebody decided in their dead letters; 3 when some",
      "differ, 1 when not all could be compared, 2 on wrong usage."
    })
public final class VerifyCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private ChosenTables chosen = new ChosenTables();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "BATCH",
      description = "The batch, as with --batch.")
  private @Nullable String batch;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Most differing keys to name of one table; 100 unless said.")
  private @Nullable Integer limit;

  public VerifyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (ApiClient api = server.connect(terminal)) {
      JsonNode answer =
          api.startVerification(
              new StartVerification(
                  batch == null ? chosen.batch() : batch,
                  chosen.connections(),
                  chosen.tables(),
                  limit));
      if (!server.json()) {
        terminal.print("Verification " + answer.path("id").asText() + " started.");
      }
      return new VerificationRun(terminal, server.json()).follow(api, answer);
    }
  }
}
