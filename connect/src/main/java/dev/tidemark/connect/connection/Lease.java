package dev.tidemark.connect.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** The right to hold sessions that were reserved together. Close it after the sessions. */
public final class Lease implements AutoCloseable {

  private final Connections connections;
  private final Map<Semaphore, Integer> seats;

  Lease(Connections connections, Map<Semaphore, Integer> seats) {
    this.connections = connections;
    this.seats = Map.copyOf(seats);
  }

  /**
   * One of the reserved sessions, to be closed by the caller.
   *
   * @throws SQLException when the database cannot be reached or refuses
   */
  public Connection open(String name) throws SQLException {
    return connections.open(name);
  }

  /** As {@link #open}, for a session that will load data. */
  public Connection openToLoad(String name) throws SQLException {
    return connections.openToLoad(name);
  }

  @Override
  public void close() {
    seats.forEach(Semaphore::release);
  }
}
