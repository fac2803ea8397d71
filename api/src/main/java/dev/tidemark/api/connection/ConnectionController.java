package dev.tidemark.api.connection;

import dev.tidemark.api.run.AtOnce;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import dev.tidemark.connect.connection.Connections;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
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
    return new ConnectionView.Listing(
        AtOnce.map(names, name -> ConnectionView.of(connections.health(name))));
  }
}
