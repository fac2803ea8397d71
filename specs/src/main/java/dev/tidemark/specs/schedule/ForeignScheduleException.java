package dev.tidemark.specs.schedule;

/** A schedule of the same name is of another Tidemark in the namespace. */
public final class ForeignScheduleException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ForeignScheduleException(String name, String queue, String ownQueue) {
    super(
        """
        Schedule %s is of workers on %s, not of those on %s, and stays as it is. Give one of the two \
        another name. If no worker is left on %s, because the queue was renamed, delete the schedule \
        (temporal schedule delete --schedule-id %s) and start a worker again."""
            .formatted(
                name,
                queue.isEmpty() ? "something else" : "queue " + queue,
                "queue " + ownQueue,
                queue.isEmpty() ? "it" : queue,
                Schedules.id(name)));
  }
}
