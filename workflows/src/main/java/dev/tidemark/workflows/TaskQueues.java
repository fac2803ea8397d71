package dev.tidemark.workflows;

/** Default names of the task queues; control work never waits behind bulk work. */
public final class TaskQueues {

  public static final String CONTROL = "tidemark-control";
  public static final String BULK = "tidemark-bulk";

  private TaskQueues() {}
}
