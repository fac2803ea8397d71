package dev.tidemark.cli.demo;

import dev.tidemark.cli.batch.Followed;
import dev.tidemark.cli.batch.Progress;
import dev.tidemark.cli.client.Table;
import dev.tidemark.cli.process.ChildProcess;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Kills the worker with SIGKILL while a big table is half done, starts another, and notes from
 * where each table went on.
 */
final class KillInTheMiddle implements Followed {

  private static final double EARLIEST = 30;

  /**
   * A table that was in progress when the worker died.
   *
   * @param before as the API told it just before the kill
   * @param after as the API told it when a new attempt had first reported; null until then
   * @param waited from the start of the second worker to that report
   */
  record Continuation(Table before, @Nullable Table after, @Nullable Duration waited) {}

  private final Followed batch;
  private final ChildProcess worker;
  private final Supplier<ChildProcess> successor;
  private final Consumer<String> told;
  private final Map<String, Continuation> continuations = new LinkedHashMap<>();
  private boolean killed;
  private long restartedNanos;

  KillInTheMiddle(
      Followed batch,
      ChildProcess worker,
      Supplier<ChildProcess> successor,
      Consumer<String> told) {
    this.batch = batch;
    this.worker = worker;
    this.successor = successor;
    this.told = told;
  }

  /** Whether the batch was slow enough to be caught in the middle. */
  boolean killed() {
    return killed;
  }

  List<Continuation> continuations() {
    return List.copyOf(continuations.values());
  }

  @Override
  public Progress look() {
    Progress progress = batch.look();
    if (!killed && progress.tables().stream().anyMatch(KillInTheMiddle::halfDone)) {
      kill(progress);
    } else if (killed && progress.live()) {
      progress.tables().forEach(this::note);
    }
    return progress;
  }

  private static boolean halfDone(Table table) {
    return table.table().equals("c_invoice")
        && table.is("in_progress")
        && table.progressPercent() >= EARLIEST;
  }

  private void kill(Progress progress) {
    worker.kill();
    killed = true;
    progress.tables().stream()
        .filter(table -> table.is("in_progress"))
        .forEach(table -> continuations.put(table.id(), new Continuation(table, null, null)));
    told.accept(
        "Killed the worker (process %d, SIGKILL) with %d of %d tables done."
            .formatted(worker.pid(), progress.count("completed"), progress.tables().size()));
    restartedNanos = System.nanoTime();
    ChildProcess second = successor.get();
    told.accept("Started another (process " + second.pid() + ").");
  }

  private void note(Table now) {
    Continuation known = continuations.get(now.id());
    if (known == null || known.after() != null) {
      return;
    }
    boolean again = now.attempt() > known.before().attempt() && now.cursor() != null;
    if (again || now.isClosed()) {
      continuations.put(
          now.id(),
          new Continuation(
              known.before(), now, Duration.ofNanos(System.nanoTime() - restartedNanos)));
    }
  }

  @Override
  public void interrupt(String reason) {
    batch.interrupt(reason);
  }

  @Override
  public String commandToLookAgain() {
    return batch.commandToLookAgain();
  }
}
