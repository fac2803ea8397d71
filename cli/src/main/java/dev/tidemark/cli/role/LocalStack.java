package dev.tidemark.cli.role;

import dev.tidemark.cli.Announcement;
import dev.tidemark.cli.StateFolder;
import dev.tidemark.cli.client.ApiAddress;
import dev.tidemark.cli.client.ApiClient;
import dev.tidemark.cli.process.ChildProcess;
import dev.tidemark.cli.process.Readiness;
import dev.tidemark.cli.server.EmbeddedPostgres;
import dev.tidemark.cli.server.EmbeddedServer;
import dev.tidemark.cli.server.EmbeddedTemporal;
import dev.tidemark.connect.configuration.ConfigurationLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Servers and roles that run from one state folder, and are stopped together, the last started
 * first.
 */
public final class LocalStack implements AutoCloseable {

  private static final Duration API_PATIENCE = Duration.ofSeconds(90);
  private static final Duration ROLE_STOP_PATIENCE = Duration.ofSeconds(40);
  private static final String CONTROL_DATABASE = "tidemark";

  private final StateFolder home;
  private final StateLock lock;
  private final Map<String, String> environment = new HashMap<>();
  private final Deque<Member> members = new ArrayDeque<>();
  private final ReentrantLock guard = new ReentrantLock();
  private final Condition stopped = guard.newCondition();
  private boolean closing;

  /** Something that runs, and how to start it again. */
  private static final class Member {
    final String name;
    final Supplier<Running> restart;
    Running running;
    long startedNanos = System.nanoTime();

    Member(String name, Running running, Supplier<Running> restart) {
      this.name = name;
      this.running = running;
      this.restart = restart;
    }
  }

  /**
   * What runs.
   *
   * @param end as {@link ChildProcess#end()}
   */
  private record Running(Supplier<Boolean> alive, Runnable stop, Supplier<String> end) {

    static Running of(EmbeddedServer server) {
      return new Running(server::isAlive, server::stop, server::end);
    }

    static Running of(ChildProcess process) {
      return new Running(process::isAlive, () -> process.stop(ROLE_STOP_PATIENCE), process::end);
    }
  }

  private LocalStack(StateFolder home, StateLock lock) {
    this.home = home;
    this.lock = lock;
  }

  /** An empty stack that holds the folder. It is closed at the latest when the process ends. */
  public static LocalStack open(StateFolder home) {
    LocalStack stack = new LocalStack(home, StateLock.take(home));
    Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop"));
    return stack;
  }

  public StateFolder home() {
    return home;
  }

  /** Variables that roles need to find what runs here, and secrets for the configuration. */
  public Map<String, String> environment() {
    return environment;
  }

  /** Takes a server in. */
  public <S extends EmbeddedServer> S add(String name, S server, Supplier<S> restart) {
    push(new Member(name, Running.of(server), () -> Running.of(restart.get())));
    return server;
  }

  /** Lets roles keep their archive in a database of this server. */
  public void useForControl(EmbeddedPostgres postgres) throws SQLException {
    postgres.createDatabase(CONTROL_DATABASE);
    environment.put(ConfigurationLoader.CONTROL_URL, postgres.jdbcUrl(CONTROL_DATABASE));
    environment.put(ConfigurationLoader.CONTROL_USERNAME, EmbeddedPostgres.USER);
    environment.put(ConfigurationLoader.CONTROL_PASSWORD, postgres.password());
  }

  /** Lets roles use this Temporal. */
  public void use(EmbeddedTemporal temporal) {
    environment.put(ConfigurationLoader.TEMPORAL_ADDRESS, temporal.address());
    environment.put(ConfigurationLoader.TEMPORAL_UI, temporal.ui().toString());
  }

  /** A key to the API for whoever may read the state folder; roles that start later know it. */
  public String localKey() {
    String key = home.secret(home.apiKey().getFileName().toString());
    environment.put(ApiCommand.LOCAL_KEY, key);
    return key;
  }

  /** Starts an API, waits until it answers, and announces it to other commands. */
  public ApiAddress startApi(RoleProcess role, String url) {
    ApiAddress address = new ApiAddress(url, localKey(), home.apiAddress().toString());
    String fingerprint = Announcement.fingerprint(role.configuration());
    ChildProcess process = role.start();
    push(
        new Member(
            role.role(),
            Running.of(process),
            () -> {
              ChildProcess again = role.start();
              // The other roles still have what they loaded at first.
              new Announcement(url, again.pid(), role.configuration(), fingerprint).leave(home);
              return Running.of(again);
            }));
    try (ApiClient client = new ApiClient(address)) {
      Readiness.await(process, API_PATIENCE, client::up);
    }
    new Announcement(url, process.pid(), role.configuration(), fingerprint).leave(home);
    return address;
  }

  /** Starts a role that is restarted when it dies while {@link #supervise} runs. */
  public ChildProcess startRole(RoleProcess role) {
    ChildProcess process = role.start();
    push(new Member(role.role(), Running.of(process), () -> Running.of(role.start())));
    return process;
  }

  /** Starts a role again in the place of one that has ended. */
  public ChildProcess replaceRole(RoleProcess role) {
    guard.lock();
    try {
      members.removeIf(member -> member.name.equals(role.role()) && !member.running.alive().get());
    } finally {
      guard.unlock();
    }
    return startRole(role);
  }

  private void push(Member member) {
    guard.lock();
    try {
      if (closing) {
        member.running.stop().run();
        throw new IllegalStateException("stopping");
      }
      members.push(member);
    } finally {
      guard.unlock();
    }
  }

  /**
   * Restarts what dies, until the stack is closed. What dies again within ten seconds waits ten
   * seconds before it is started again.
   *
   * @param died told what died, how, and that it is started again
   * @param outdated told once what to do when the configuration was changed meanwhile
   */
  public void supervise(Consumer<String> died, Consumer<String> outdated) {
    Optional<Announcement> announced = Announcement.of(home);
    boolean told = false;
    guard.lock();
    try {
      while (!closing) {
        Optional<String> change =
            told ? Optional.empty() : announced.flatMap(Announcement::outdated);
        change.ifPresent(outdated);
        told |= change.isPresent();
        for (Member member : members) {
          boolean young = System.nanoTime() - member.startedNanos < TimeUnit.SECONDS.toNanos(10);
          if (!member.running.alive().get() && !young) {
            died.accept(member.name + " " + member.running.end().get() + "; it is started again");
            member.startedNanos = System.nanoTime();
            restart(member, died);
          }
        }
        stopped.awaitNanos(TimeUnit.MILLISECONDS.toNanos(300));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      guard.unlock();
    }
  }

  private static void restart(Member member, Consumer<String> told) {
    try {
      member.running = member.restart.get();
    } catch (RuntimeException e) {
      told.accept(member.name + ": " + e.getMessage());
    }
  }

  /** Stops everything, the last started first; their data stays. */
  @Override
  public void close() {
    guard.lock();
    try {
      if (closing) {
        return;
      }
      closing = true;
      stopped.signalAll();
      Files.deleteIfExists(home.apiAddress());
      while (!members.isEmpty()) {
        members.pop().running.stop().run();
      }
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      guard.unlock();
    }
  }
}
