package dev.tidemark.api.connection;

import dev.tidemark.connect.configuration.TidemarkConfiguration;
import dev.tidemark.connect.connection.Connections;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "connections")
class ConnectionController {

  private final List<String> names;
  private final Connections connections;

  ConnectionController(TidemarkConfiguration configuration, Connections connections) {
    this.names = configuration.connections().keySet().stream().sorted().toList();
    this.connections = connections;
  }

  @GetMapping("/api/v1/connections")
  @Operation(summary = "Looks at every connection at once, and says how each is")
  ConnectionView.Listing list() {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<ConnectionView>> looks =
          names.stream()
              .map(
                  name ->
                      CompletableFuture.supplyAsync(
                          () -> ConnectionView.of(connections.health(name)), threads))
              .toList();
      return new ConnectionView.Listing(looks.stream().map(CompletableFuture::join).toList());
    }
  }
}
