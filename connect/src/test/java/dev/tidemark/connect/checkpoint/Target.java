package dev.tidemark.connect.checkpoint;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.server.TestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A target database with one table, and the runs that want slices of it. */
final class Target implements AutoCloseable {

  private static final Map<TestServer, ConnectionConfiguration> DATABASES =
      new ConcurrentHashMap<>();
  private static final AtomicInteger SLICES = new AtomicInteger();

  private final ConnectionConfiguration database;
  private final List<Connection> sessions = new ArrayList<>();
  private final Map<String, OwnerState> runs = new ConcurrentHashMap<>();
  private SliceKey key = newKey();

  Target(TestServer server) throws SQLException {
    this.database = DATABASES.computeIfAbsent(server, ignored -> server.newDatabase("slices"));
    try (Connection session = TestServer.open(database);
        Statement statement = session.createStatement()) {
      slices().prepare(session);
      statement.execute("CREATE TABLE IF NOT EXISTS written (slice varchar(40), number int)");
    }
  }

  private static SliceKey newKey() {
    return new SliceKey("written", "branch=" + SLICES.incrementAndGet());
  }

  /** Turns to a slice that nobody ever held. */
  void nextSlice() {
    key = newKey();
  }

  /** Turns to one that shares rows with the present one: constants are added to it. */
  void narrowerSlice(String constants) {
    key = new SliceKey(key.table(), key.slice().replaceAll("&.*", "") + "&" + constants);
  }

  /** Turns back to the one with whose constants others were made. */
  void widerSlice() {
    key = new SliceKey(key.table(), key.slice().replaceAll("&.*", ""));
  }

  /** Who keeps a run from the slice. */
  Optional<String> holder(Owner self) throws SQLException {
    return slices().holder(session(), key, self);
  }

  /** What the lookup says of a run; it says RUNNING of those that it was told nothing of. */
  void is(OwnerState state, String run) {
    runs.put(run, state);
  }

  Slices slices() {
    return slices(owner -> runs.getOrDefault(owner.runId(), OwnerState.RUNNING));
  }

  Slices slices(OwnerLookup lookup) {
    return new Slices(database, lookup);
  }

  /** A session as the copy of a table uses it. */
  Connection session() throws SQLException {
    Connection session = TestServer.open(database);
    session.setAutoCommit(false);
    session.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    synchronized (sessions) {
      sessions.add(session);
    }
    return session;
  }

  SliceSession claim(Connection session, Claimant claimant) throws SQLException {
    return claim(slices(), session, claimant);
  }

  /** Claims, and lets something happen after the grant was decided and before it is committed. */
  SliceSession claim(Connection session, Claimant claimant, Slices.Emptiness meanwhile)
      throws SQLException {
    return slices().claim(session, key, claimant, meanwhile);
  }

  /** Takes the slice's mark, as a session that wrote it before does. */
  boolean mark(Connection session) throws SQLException {
    return new SessionMark(database.type(), database.schema(), key, 0).take(session, 1);
  }

  SliceSession claim(Slices slices, Connection session, Claimant claimant) throws SQLException {
    return slices.claim(session, key, claimant, finished -> numbers(session).isEmpty());
  }

  /** A claim of the slice to which the target is turned now, to be made later. */
  Callable<SliceSession> claimOfPresent(Connection session, Claimant claimant) {
    SliceKey present = key;
    return () -> slices().claim(session, present, claimant, finished -> true);
  }

  /** Writes a row of the slice; commits nothing. */
  void write(Connection session, int number) throws SQLException {
    try (Statement statement = session.createStatement()) {
      statement.executeUpdate("INSERT INTO written VALUES ('" + key.slice() + "', " + number + ")");
    }
  }

  /** Puts a row into the slice, so that it is not empty. */
  void fill() throws SQLException {
    Connection session = session();
    write(session, 0);
    session.commit();
  }

  /** The slice's rows as a session sees them. */
  List<Integer> numbers(Connection session) throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT number FROM written WHERE slice = '" + key.slice() + "' ORDER BY number")) {
      List<Integer> numbers = new ArrayList<>();
      while (row.next()) {
        numbers.add(row.getInt(1));
      }
      return numbers;
    }
  }

  /** The slice's rows that are committed. */
  List<Integer> committed() throws SQLException {
    try (Connection session = TestServer.open(database)) {
      return numbers(session);
    }
  }

  @Override
  public void close() throws SQLException {
    for (Connection session : sessions) {
      session.abort(Runnable::run);
    }
  }
}
