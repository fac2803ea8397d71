package dev.tidemark.connect.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.server.TestServer;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Claims that meet. Chance decides how, so each is tried many times. */
class ConcurrentClaimsIT {

  private static final int ROUNDS = 20;

  private static Target target(TestServer server) throws SQLException {
    assumeTrue(server.available(), "set TIDEMARK_TEST_MYSQL_URL to run this");
    return new Target(server);
  }

  private static Claimant claimant(String run, int attempt) {
    return new Claimant(
        new Owner("namespace", "workflow of " + run, run), run, "source", 1, attempt, false);
  }

  /** A slice, or why there is none. */
  private record Answer(Optional<SliceSession> slice, Optional<SyncException> refusal) {

    static Callable<Answer> of(Callable<SliceSession> claim) {
      return () -> {
        try {
          return new Answer(Optional.of(claim.call()), Optional.empty());
        } catch (SyncException e) {
          return new Answer(Optional.empty(), Optional.of(e));
        }
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneOfTwoGetsANewSliceAndTheOtherIsToldWho(TestServer server) throws Exception {
    try (Target target = target(server);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < ROUNDS; round++) {
        target.nextSlice();
        // Each is first asked about itself, once it has seen that nobody holds the slice.
        CyclicBarrier bothSawNobody = new CyclicBarrier(2);
        AtomicInteger asked = new AtomicInteger();
        Slices slices =
            target.slices(
                owner -> {
                  if (asked.incrementAndGet() <= 2) {
                    await(bothSawNobody);
                  }
                  return OwnerState.RUNNING;
                });
        Future<Answer> one = threads.submit(claim(target, slices, "one"));
        Future<Answer> two = threads.submit(claim(target, slices, "two"));
        Answer first = one.get(1, TimeUnit.MINUTES);
        Answer second = two.get(1, TimeUnit.MINUTES);
        assertThat(first.slice().isPresent()).isNotEqualTo(second.slice().isPresent());
        String winner = first.slice().isPresent() ? "workflow of one" : "workflow of two";
        assertThat(first.refusal().or(second::refusal))
            .hasValueSatisfying(
                refusal -> {
                  assertThat(refusal.code()).isEqualTo(ErrorCode.SLICE_BUSY);
                  assertThat(refusal).hasMessageContaining(winner);
                });
        // The other has not ended its session.
        first.slice().or(second::slice).orElseThrow().commit(Checkpoint.START);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneOfTwoTablesOfARunGetsASliceThatSharesRowsWithTheOther(TestServer server)
      throws Exception {
    try (Target target = target(server);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < ROUNDS; round++) {
        target.nextSlice();
        CyclicBarrier start = new CyclicBarrier(2);
        Future<Answer> branch = threads.submit(claimOf(target, "branch", start));
        target.narrowerSlice("city=sby");
        Future<Answer> office = threads.submit(claimOf(target, "office", start));
        Answer first = branch.get(1, TimeUnit.MINUTES);
        Answer second = office.get(1, TimeUnit.MINUTES);
        assertThat(first.slice().isPresent()).isNotEqualTo(second.slice().isPresent());
        assertThat(first.refusal().or(second::refusal))
            .hasValueSatisfying(
                refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.SLICE_BUSY));
        first.slice().or(second::slice).orElseThrow().commit(Checkpoint.START);
      }
    }
  }

  /** The slice is the one to which the target is turned now. */
  private static Callable<Answer> claimOf(Target target, String source, CyclicBarrier start)
      throws SQLException {
    Connection session = target.session();
    Claimant claimant =
        new Claimant(new Owner("namespace", "workflow", "run"), "pass", source, 1, 1, false);
    Callable<SliceSession> claim = target.claimOfPresent(session, claimant);
    return Answer.of(
        () -> {
          await(start);
          return claim.call();
        });
  }

  /** Between the commit of a grant and the mark of its session nothing shows that it is written. */
  @ParameterizedTest
  @EnumSource
  void aTableWhoseSiblingCameBeforeItsMarkIsBusy(TestServer server) throws Exception {
    try (Target target = target(server)) {
      Claimant branch =
          new Claimant(new Owner("namespace", "workflow", "run"), "pass", "branch", 1, 1, false);
      Claimant office =
          new Claimant(new Owner("namespace", "workflow", "run"), "pass", "office", 1, 1, false);
      AtomicBoolean granted = new AtomicBoolean();
      AtomicReference<SliceSession> sibling = new AtomicReference<>();
      Connection session =
          afterCommit(
              target.session(),
              () -> {
                if (granted.compareAndSet(true, false)) {
                  target.narrowerSlice("city=sby");
                  sibling.set(target.claim(target.session(), office));
                }
              });
      assertThatThrownBy(
              () ->
                  target.claim(
                      session,
                      branch,
                      finished -> {
                        granted.set(sibling.get() == null);
                        return true;
                      }))
          .isInstanceOfSatisfying(
              SliceBusyException.class,
              e -> assertThat(e.holder()).startsWith("workflow, as").contains("city=sby"));
      sibling.get().commit(Checkpoint.START);
    }
  }

  @FunctionalInterface
  private interface Happening {
    void run() throws SQLException;
  }

  private static Connection afterCommit(Connection session, Happening happening) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          try {
            Object answer = method.invoke(session, arguments);
            if (method.getName().equals("commit")) {
              happening.run();
            }
            return answer;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, handler);
  }

  private static Callable<Answer> claim(Target target, Slices slices, String run)
      throws SQLException {
    Connection session = target.session();
    return Answer.of(() -> target.claim(slices, session, claimant(run, 1)));
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCommitThatMeetsASuccessorIsSeenByItOrUndone(TestServer server) throws Exception {
    try (Target target = target(server);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < ROUNDS; round++) {
        target.nextSlice();
        Connection zombie = target.session();
        Connection session = target.session();
        SliceSession old = target.claim(zombie, claimant("run", 1));
        target.write(zombie, 1);
        CyclicBarrier start = new CyclicBarrier(2);
        Future<Boolean> committed =
            threads.submit(
                () -> {
                  start.await();
                  try {
                    old.commit(Checkpoint.START.after(List.of("1"), new RowTally(1, 1, 0)));
                    return true;
                  } catch (SQLException | SyncException e) {
                    return false;
                  }
                });
        Future<SliceSession> successor =
            threads.submit(
                () -> {
                  start.await();
                  return target.claim(session, claimant("run", 2));
                });
        SliceSession slice = successor.get(1, TimeUnit.MINUTES);
        boolean told = committed.get(1, TimeUnit.MINUTES);
        List<Integer> rows = target.committed();
        assertThat(slice.slice().rows().read()).as("rows behind the cursor").isEqualTo(rows.size());
        if (told) {
          assertThat(rows).containsExactly(1);
        }
      }
    }
  }
}
