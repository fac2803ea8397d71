package dev.tidemark.workflows.batch;

/**
 * An order that makes no sense in the present state of a batch. Whoever sent the update finds the
 * message in the {@code ApplicationFailure} that is the cause of their exception.
 *
 * <p>Not a failure of Temporal's itself: thrown by a validator, that would reach the caller
 * wrapped.
 */
public final class OrderRefusedException extends RuntimeException {

  OrderRefusedException(String why) {
    super(why);
  }
}
