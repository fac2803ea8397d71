package dev.tidemark.connect.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Semaphore;

/** The right to hold sessions that were reserved together. Close it after the sessions. */
public final class Lease implements AutoCloseable {

  private final Connections connections;
  private final List<Semaphore> seats;

  Lease(Connections connections, List<Semaphore> seats) {
    this.connections = connections;
    this.seats = List.copyOf(seats);
  }

  /**
   * One of the reserved sessions, to be closed by the caller.
   *
   * @throws SQLException when the database cannot be reached or refuses
   */
  public Connection open(String name) throws SQLException {
    return connections.open(name);
  }

  @Override
  public void close() {
    seats.forEach(Semaphore::release);
  }
}
