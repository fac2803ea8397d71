package dev.tidemark.workflows.letter;

import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.SliceActivities;
import dev.tidemark.workflows.table.SliceWait;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Answers what it is told to, one after the other. */
final class FakeLetters implements LetterActivities, SliceActivities {

  private final Deque<LetterResult> answers = new ArrayDeque<>();
  private final List<LetterTask> tasks = new CopyOnWriteArrayList<>();
  private final List<SliceWait> waits = new CopyOnWriteArrayList<>();
  private volatile @Nullable ErrorDetail error;
  private volatile CountDownLatch free = new CountDownLatch(0);

  synchronized void answers(LetterResult... results) {
    answers.addAll(List.of(results));
  }

  void fails(ErrorDetail why) {
    error = why;
  }

  /** From now on every slice is held, until {@link #free}. */
  void occupy() {
    free = new CountDownLatch(1);
  }

  void free() {
    free.countDown();
  }

  List<LetterTask> tasks() {
    return tasks;
  }

  List<SliceWait> waits() {
    return waits;
  }

  @Override
  public LetterResult retryLetters(LetterTask task) {
    tasks.add(task);
    ErrorDetail why = error;
    if (why != null) {
      throw ApplicationFailure.newNonRetryableFailure(why.message(), why.code(), why);
    }
    synchronized (this) {
      return answers.size() > 1 ? answers.remove() : answers.getFirst();
    }
  }

  @Override
  public void awaitSlice(SliceWait wait) {
    waits.add(wait);
    if (free.getCount() > 0) {
      throw ApplicationFailure.newFailure("held by " + wait.slice().holder(), "SLICE_BUSY");
    }
  }
}
