package dev.tidemark.cli.server;

import dev.tidemark.cli.process.ChildProcess;
import java.time.Duration;

/** A real server that runs as a child of this process, on loopback, with its data kept on disk. */
public abstract sealed class EmbeddedServer implements AutoCloseable
    permits EmbeddedPostgres, EmbeddedMariaDb, EmbeddedTemporal {

  static final Duration START_PATIENCE = Duration.ofSeconds(60);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

  private final ChildProcess process;
  private final int port;

  EmbeddedServer(ChildProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /** {@code host:port}. */
  public final String address() {
    return "127.0.0.1:" + port;
  }

  public final int port() {
    return port;
  }

  public final long pid() {
    return process.pid();
  }

  public final boolean isAlive() {
    return process.isAlive();
  }

  /** As {@link ChildProcess#end()}. */
  public final String end() {
    return process.end();
  }

  /** Ends it in order; its data stays. */
  public final void stop() {
    process.stop(STOP_PATIENCE);
  }

  /** Kills it with SIGKILL, as a power cut would; its data stays. */
  public final void kill() {
    process.kill();
  }

  @Override
  public final void close() {
    stop();
  }
}
