package dev.tidemark.specs.schedule;

/** A schedule of the same name is of another Tidemark in the namespace. */
public final class ForeignScheduleException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String fact;
  private final String remedy;

  ForeignScheduleException(String name, String queue, String ownQueue) {
    this(
        "Schedule %s is of workers on %s, not of those on queue %s, and stays as it is."
            .formatted(name, queue.isEmpty() ? "something else" : "queue " + queue, ownQueue),
        """
        Give one of the two another name. If no worker is left on %s, because the queue was renamed, \
        delete the schedule (temporal schedule delete --schedule-id %s) and start a worker again."""
            .formatted(queue.isEmpty() ? "it" : queue, Schedules.id(name)));
  }

  private ForeignScheduleException(String fact, String remedy) {
    super(fact + " " + remedy);
    this.fact = fact;
    this.remedy = remedy;
  }

  /** Whose the schedule is. */
  public String fact() {
    return fact;
  }

  /** What to do about it. */
  public String remedy() {
    return remedy;
  }
}
