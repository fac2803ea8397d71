package dev.tidemark.workflows.batch;

import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableStatus;

/** Refuses orders that make no sense in the present state, in words that say why. */
final class BatchOrders {

  private final BatchState state;

  BatchOrders(BatchState state) {
    this.state = state;
  }

  void checkPause() {
    checkRunning();
    if (state.paused()) {
      throw refuse("the batch is already paused");
    }
    if (state.verifying()) {
      throw refuse("the batch only compares its tables, which can be interrupted, not paused");
    }
  }

  void checkResume() {
    checkRunning();
    if (!state.paused()) {
      throw refuse("the batch is not paused");
    }
  }

  void checkInterrupt() {
    checkRunning();
  }

  void checkSkip(TableId id) {
    TableState table = find(id);
    switch (table.status()) {
      case PENDING, FAILED -> {}
      case IN_PROGRESS -> {
        if (table.skipping()) {
          throw refuse(id + " is already being skipped");
        }
      }
      case COMPLETED -> throw refuse(id + " has completed and cannot be skipped");
      case SKIPPED -> throw refuse(id + " is already skipped");
    }
  }

  void checkRetry(TableId id) {
    TableState table = find(id);
    if (table.skipping()) {
      return;
    }
    switch (table.status()) {
      case FAILED, SKIPPED -> {}
      case PENDING -> throw refuse(id + " is already in the queue");
      case IN_PROGRESS -> throw refuse(id + " is in progress");
      case COMPLETED -> throw refuse(id + " has completed and needs no retry");
    }
  }

  void checkPauseTable(TableId id) {
    TableState table = find(id);
    if (table.paused()) {
      throw refuse(id + " is already paused");
    }
    if (!table.open()) {
      throw refuse(id + " has " + ended(table.status()) + " and cannot be paused");
    }
  }

  void checkResumeTable(TableId id) {
    if (!find(id).paused()) {
      throw refuse(id + " is not paused");
    }
  }

  /** The table, which a validator has seen. */
  TableState find(TableId id) {
    checkRunning();
    return state
        .table(id)
        .orElseThrow(
            () ->
                refuse(
                    state.planned()
                        ? id + " is not a table of this batch"
                        : "the tables of this batch are still being planned"));
  }

  private void checkRunning() {
    if (state.interruption() != null) {
      throw refuse("the batch is being interrupted");
    }
    switch (state.status()) {
      case RUNNING -> {}
      case COMPLETED -> throw refuse("the batch has completed");
      case FAILED -> throw refuse("the batch has failed; resume it by its id");
      case INTERRUPTED -> throw refuse("the batch was interrupted; resume it by its id");
    }
  }

  private static String ended(TableStatus status) {
    return switch (status) {
      case COMPLETED -> "completed";
      case FAILED -> "failed";
      case SKIPPED -> "been skipped";
      case PENDING, IN_PROGRESS -> "not ended";
    };
  }

  private static OrderRefusedException refuse(String why) {
    return new OrderRefusedException(why);
  }
}
