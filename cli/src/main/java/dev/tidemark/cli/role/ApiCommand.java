package dev.tidemark.cli.role;

import dev.tidemark.cli.terminal.Terminal;
import dev.tidemark.connect.configuration.ApiConfiguration;
import dev.tidemark.connect.configuration.ApiKeyConfiguration;
import dev.tidemark.connect.configuration.Role;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidemark api}. */
@Command(name = "api", description = "Run the API: REST, OpenAPI, health.")
public final class ApiCommand implements Callable<Integer> {

  /** Key of the command line of this machine, handed over by the process that starts the API. */
  static final String LOCAL_KEY = "TIDEMARK_LOCAL_KEY";

  private final Terminal terminal;

  @Mixin private ConfigurationFile file = new ConfigurationFile();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port to listen on, instead of the configured one.")
  private @Nullable Integer port;

  public ApiCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    TidemarkConfiguration configuration = file.load(terminal.environment());
    ApiConfiguration api = configuration.api();
    List<ApiKeyConfiguration> keys = new ArrayList<>(api.keys());
    String local = terminal.variable(LOCAL_KEY);
    if (local != null) {
      keys.add(new ApiKeyConfiguration("local", Role.ADMIN, local));
    }
    return RunningRole.untilStopped(
        RoleStart.api(
            new TidemarkConfiguration(
                configuration.connections(),
                configuration.batches(),
                configuration.control(),
                configuration.temporal(),
                configuration.worker(),
                new ApiConfiguration(
                    api.host(), Objects.requireNonNullElse(port, api.port()), keys),
                configuration.notifications())));
  }
}
