package dev.tidemark.cli.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports that nobody listens on. */
public final class FreePort {

  private FreePort() {}

  /**
   * Makes sure that nobody listens on a port, so that nobody else's answers are taken for ours.
   *
   * @throws IllegalStateException when somebody does; says what to do
   */
  public static void check(String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // As servers do: a port that was just given back is free.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port));
    } catch (IOException e) {
      throw new IllegalStateException(
          "Port %d of %s is in use. Stop what listens there, or set api.port in the configuration."
              .formatted(port, host),
          e);
    }
  }

  /** The port asked for, or one that was free on loopback just now when that is 0. */
  public static int or(int port) {
    if (port != 0) {
      return port;
    }
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("there is no free port on loopback", e);
    }
  }
}
