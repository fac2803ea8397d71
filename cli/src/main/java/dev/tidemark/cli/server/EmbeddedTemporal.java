package dev.tidemark.cli.server;

import dev.tidemark.cli.StateFolder;
import dev.tidemark.cli.process.ChildProcess;
import dev.tidemark.cli.process.Readiness;
import dev.tidemark.cli.process.StopSignal;
import dev.tidemark.workflows.SearchAttributes;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.common.SearchAttributeKey;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Temporal's real development server, with its Web UI. */
public final class EmbeddedTemporal extends EmbeddedServer {

  private static final int MOST_STARTS = 3;
  private static final String PORT = "temporal";
  private static final String UI_PORT = "temporal-ui";

  private final int uiPort;

  private EmbeddedTemporal(ChildProcess process, int port, int uiPort) {
    super(process, port);
    this.uiPort = uiPort;
  }

  /**
   * Starts the server of a state folder.
   *
   * @param port port to listen on; 0 takes the last one, or a free one
   * @param uiPort port of the Web UI; 0 takes the last one, or a free one
   * @param progress told what takes long
   * @throws IllegalStateException that says how to install Temporal where it is not found
   */
  public static EmbeddedTemporal start(
      StateFolder home, int port, int uiPort, Consumer<String> progress) {
    Path program = new TemporalBinary(home, progress).find();
    // The server picks further ports by itself, and dies when another program takes one of them in
    // between, as it may on a busy machine.
    for (int start = 1; start < MOST_STARTS; start++) {
      try {
        return start(home, program, port, uiPort);
      } catch (IllegalStateException e) {
        Ports.forget(home, PORT);
        Ports.forget(home, UI_PORT);
        progress.accept("Temporal ended while it started; starting it again. " + e.getMessage());
      }
    }
    return start(home, program, port, uiPort);
  }

  private static EmbeddedTemporal start(StateFolder home, Path program, int port, int uiPort) {
    int chosen = Ports.choose(home, PORT, port);
    int chosenUi = Ports.choose(home, UI_PORT, uiPort);
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "server",
                "start-dev",
                "--ip=127.0.0.1",
                "--port=" + chosen,
                "--ui-port=" + chosenUi,
                "--db-filename=" + home.temporalDatabase(),
                "--log-level=warn",
                "--log-format=json"));
    for (SearchAttributeKey<?> key : SearchAttributes.ALL) {
      command.add("--search-attribute=" + key.getName() + "=" + typeName(key.getValueType()));
    }
    ChildProcess process =
        ChildProcess.start("Temporal", command, Map.of(), StopSignal.TERM, home.log("temporal"));
    EmbeddedTemporal server = new EmbeddedTemporal(process, chosen, chosenUi);
    Readiness.await(process, START_PATIENCE, server::answers);
    return server;
  }

  /** Starts it again, on the same ports, after it has ended. */
  public EmbeddedTemporal again(StateFolder home) {
    return start(home, port(), uiPort, ignored -> {});
  }

  private static String typeName(IndexedValueType type) {
    return type == IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST ? "KeywordList" : "Keyword";
  }

  private boolean answers() throws Exception {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), 500);
    }
    HttpURLConnection page = (HttpURLConnection) ui().toURL().openConnection();
    page.setConnectTimeout(500);
    page.setReadTimeout(2000);
    try {
      return page.getResponseCode() < 500;
    } finally {
      page.disconnect();
    }
  }

  /** The Web UI. */
  public URI ui() {
    return URI.create("http://127.0.0.1:" + uiPort);
  }
}
