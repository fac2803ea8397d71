package dev.tidemark.workflows.verification;

import dev.tidemark.workflows.table.ErrorDetail;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Tables that differ as they are told to. */
public final class FakeVerifications implements VerificationActivities {

  private final Map<String, Findings> findings = new ConcurrentHashMap<>();
  private final Map<String, ErrorDetail> broken = new ConcurrentHashMap<>();
  private final List<VerificationTask> tasks = new CopyOnWriteArrayList<>();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private volatile CountDownLatch gate = new CountDownLatch(0);

  public void finds(String table, Findings found) {
    findings.put(table, found);
  }

  public void fails(String table, ErrorDetail error) {
    broken.put(table, error);
  }

  /** From now on no table ends until {@link #open}, or until it is canceled. */
  public void close() {
    gate = new CountDownLatch(1);
  }

  public void open() {
    gate.countDown();
  }

  public int running() {
    return running.get();
  }

  public int mostAtOnce() {
    return mostAtOnce.get();
  }

  public List<VerificationTask> tasks() {
    return tasks;
  }

  @Override
  public Findings verifyTable(VerificationTask task) {
    tasks.add(task);
    mostAtOnce.accumulateAndGet(running.incrementAndGet(), Math::max);
    try {
      while (!gate.await(20, TimeUnit.MILLISECONDS)) {
        Activity.getExecutionContext().heartbeat(null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      running.decrementAndGet();
    }
    String table = task.table().source().table();
    ErrorDetail error = broken.get(table);
    if (error != null) {
      throw ApplicationFailure.newNonRetryableFailure(error.message(), error.code(), error);
    }
    return findings.getOrDefault(table, Findings.NONE);
  }
}
