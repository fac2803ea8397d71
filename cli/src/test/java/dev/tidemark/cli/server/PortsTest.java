package dev.tidemark.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.cli.StateFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {

  @TempDir private Path folder;

  @Test
  void takesTheLastOneAgainWhileItIsFree() throws IOException {
    StateFolder home = new StateFolder(folder);
    int first = Ports.choose(home, "temporal-ui", 0);
    assertThat(Ports.choose(home, "temporal-ui", 0)).isEqualTo(first);
    assertThat(Ports.choose(home, "temporal", 0)).isNotEqualTo(first);
    try (ServerSocket taken = new ServerSocket(first, 1, InetAddress.getLoopbackAddress())) {
      assertThat(Ports.choose(home, "temporal-ui", 0)).isNotEqualTo(taken.getLocalPort());
    }
  }

  @Test
  void takesWhatIsAskedForAndForgetsWhatFailed() throws IOException {
    StateFolder home = new StateFolder(folder);
    assertThat(Ports.choose(home, "api", 8080)).isEqualTo(8080);
    int first = Ports.choose(home, "api", 0);
    Ports.forget(home, "api");
    assertThat(home.path().resolve("ports").resolve("api")).doesNotExist();
    StateFolder.writePrivately(home.path().resolve("ports").resolve("api"), "no port");
    assertThat(Ports.choose(home, "api", 0)).isPositive();
    assertThat(first).isPositive();
  }
}
