package dev.tidemark.cli.server;

import java.time.Duration;

/** A real server that runs as a child of this process, on loopback, with its data kept on disk. */
public sealed interface EmbeddedServer extends AutoCloseable
    permits EmbeddedPostgres, EmbeddedMariaDb, EmbeddedTemporal {

  Duration START_PATIENCE = Duration.ofSeconds(60);
  Duration STOP_PATIENCE = Duration.ofSeconds(30);

  /** {@code host:port}. */
  String address();

  int port();

  long pid();

  boolean isAlive();

  /** Ends it in order; its data stays. */
  void stop();

  /** Kills it with SIGKILL, as a power cut would; its data stays. */
  void kill();

  @Override
  default void close() {
    stop();
  }
}
